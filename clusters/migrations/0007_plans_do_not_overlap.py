from django.db import migrations

from clusters.migrations._plans_apart import keep_apart, let_overlap


class Migration(migrations.Migration):
    dependencies = [("clusters", "0006_plan_least_weight")]

    operations = [migrations.RunPython(keep_apart, let_overlap)]
