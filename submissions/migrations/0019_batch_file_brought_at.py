import django.utils.timezone
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def as_the_batch(apps, schema_editor):
    """Files that are there came when their batch was begun."""
    batches = apps.get_model("submissions", "Batch").objects.filter(pk=OuterRef("batch"))
    apps.get_model("submissions", "BatchFile").objects.update(
        brought_at=Subquery(batches.values("created_at"))
    )


class Migration(migrations.Migration):
    dependencies = [("submissions", "0018_parts_of_files")]

    operations = [
        migrations.AddField(
            model_name="batchfile",
            name="brought_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="brought at"
            ),
        ),
        migrations.RunPython(as_the_batch, migrations.RunPython.noop),
    ]
