from django.db import migrations


def drop(apps, schema_editor):
    """Drop the function of the triggers that 0007 once made, and these with it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS indicators_paper_is_frozen CASCADE")


class Migration(migrations.Migration):
    """On SQLite audit.guards has dropped the triggers by their names before."""

    dependencies = [("indicators", "0007_papers_are_never_changed")]

    operations = [migrations.RunPython(drop, migrations.RunPython.noop)]
