import django.db.models.deletion
from django.db import migrations, models

TABLE = "submissions_original"
WORDS = "An original is never changed and never deleted."
FUNCTION = f"""
CREATE FUNCTION submissions_original_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""


def guard(apps, schema_editor):
    """Let the database itself refuse to change or delete an original; store bytes as they are."""
    postgres = schema_editor.connection.vendor == "postgresql"
    if postgres:
        # Workbooks are compressed already.
        schema_editor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN content SET STORAGE EXTERNAL")
        schema_editor.execute(FUNCTION)
    for act in ("update", "delete"):
        head = f"CREATE TRIGGER {TABLE}_no_{act} BEFORE {act.upper()} ON {TABLE} FOR EACH ROW "
        if postgres:
            schema_editor.execute(head + "EXECUTE FUNCTION submissions_original_is_kept()")
        else:
            schema_editor.execute(head + f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END")


def unguard(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for act in ("update", "delete"):
        on = f" ON {TABLE}" if postgres else ""
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{act}{on}")
    if postgres:
        schema_editor.execute("DROP FUNCTION submissions_original_is_kept()")


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
        migrations.RunPython(guard, unguard),
    ]
