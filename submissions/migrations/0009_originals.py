import django.db.models.deletion
from django.db import migrations, models

TABLE = "submissions_original"


def store_as_it_is(apps, schema_editor):
    """Workbooks are compressed already. Triggers are made by audit.guards."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN content SET STORAGE EXTERNAL")


class Migration(migrations.Migration):
    dependencies = [("submissions", "0008_words_of_severity")]

    operations = [
        migrations.AlterField(
            model_name="submission",
            name="stored_as",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.CreateModel(
            name="Original",
            fields=[
                (
                    "submission",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="original",
                        serialize=False,
                        to="submissions.submission",
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("size", models.PositiveIntegerField(editable=False)),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.RunPython(store_as_it_is, migrations.RunPython.noop),
    ]
