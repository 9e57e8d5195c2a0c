from django.db import migrations

TABLES = ("indicators_briefing", "indicators_assessment")
WORDS = "An issued paper is never changed and never deleted."

# 23000 is what both drivers call an integrity error.
FUNCTION = f"""
CREATE FUNCTION indicators_paper_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""


def freeze(apps, schema_editor):
    """Let the database itself refuse to change or delete what has been issued."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(FUNCTION)
    for table in TABLES:
        for act in ("update", "delete"):
            head = f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} FOR EACH ROW "
            if vendor == "postgresql":
                schema_editor.execute(head + "EXECUTE FUNCTION indicators_paper_is_frozen()")
            else:
                schema_editor.execute(head + f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END")


def thaw(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        for act in ("update", "delete"):
            on = f" ON {table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {table}_no_{act}{on}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION indicators_paper_is_frozen()")


class Migration(migrations.Migration):
    dependencies = [("indicators", "0006_briefings_and_assessments")]

    operations = [migrations.RunPython(freeze, thaw)]
