from django.db import migrations


def make_table_if_it_is_not_there(apps, schema_editor):
    """
    Make Django's own table of sessions where 0005 has dropped it.

    It did so whether or not `sessions` is recorded as migrated, and in a new database it may run
    after that one.
    """
    session = apps.get_model("sessions", "Session")
    if session._meta.db_table not in schema_editor.connection.introspection.table_names():
        schema_editor.create_model(session)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_session_with_user"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        # Whoever is signed in signs in anew.
        migrations.DeleteModel("Session"),
        migrations.RunPython(make_table_if_it_is_not_there, migrations.RunPython.noop),
    ]
