"""The two targets of the contract say on their records what they are, as later ones do."""

from decimal import Decimal

from django.db import migrations

SHARE = {"kind": "share", "measure": "output_value", "numerator": "cluster_cities"}
COUNT = {
    "kind": "count",
    "measure": "revenue",
    "threshold": Decimal("100000000"),
    "unit": "count",
}


def say_what_they_are(apps, schema_editor):
    for name in ("Target", "HistoricalTarget"):
        model = apps.get_model("indicators", name)
        model.objects.filter(indicator="cluster-output-share").update(position=1, **SHARE)
        model.objects.filter(indicator="firms-over-100m").update(position=2, **COUNT)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_targets_define_indicators")]

    operations = [migrations.RunPython(say_what_they_are, migrations.RunPython.noop)]
