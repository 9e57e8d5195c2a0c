from django.db import migrations


class Migration(migrations.Migration):
    """Triggers were made here; now audit.guards makes them of its list, and 0008 drops these."""

    dependencies = [("indicators", "0006_briefings_and_assessments")]

    operations = []
