"""How the database keeps the years of plans apart: of 0007, and of what replaces it."""

NAME = "clusters_plan_years_apart"
# Unlike a trigger, it also holds between two transactions that do not see each other.
CONSTRAINT = f"""
ALTER TABLE clusters_plan ADD CONSTRAINT {NAME}
EXCLUDE USING gist (int4range(first_year::int, last_year::int, '[]') WITH &&)
"""
REFUSAL = """
FOR EACH ROW WHEN EXISTS (
    SELECT 1 FROM clusters_plan
    WHERE id IS NOT NEW.id AND first_year <= NEW.last_year AND last_year >= NEW.first_year
)
BEGIN SELECT RAISE(ABORT, 'The years of two plans must not overlap.'); END
"""
ACTS = ("insert", "update")


def keep_apart(apps, schema_editor):
    """Let the database itself refuse a plan that has a year of another."""
    refuse_what_is_there(apps.get_model("clusters", "Plan"))
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CONSTRAINT)
        return
    for act in ACTS:
        head = f"CREATE TRIGGER {NAME}_{act} BEFORE {act.upper()} ON clusters_plan "
        schema_editor.execute(head + REFUSAL)


def refuse_what_is_there(plan):
    """Stop the migration where plans overlap already, and name them: only people can decide."""
    every = list(plan.objects.order_by("first_year", "pk"))
    for one, other in zip(every, every[1:], strict=False):
        if other.first_year <= one.last_year:
            named = " and ".join(
                f"{each.code} ({each.first_year}-{each.last_year})" for each in (one, other)
            )
            raise RuntimeError(f"Plans overlap. Put right the plans {named}, then migrate again.")


def let_overlap(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE clusters_plan DROP CONSTRAINT {NAME}")
        return
    for act in ACTS:
        schema_editor.execute(f"DROP TRIGGER {NAME}_{act}")
