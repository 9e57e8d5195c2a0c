from django.db import migrations

from clusters.models.publication import FIRST, link_hash
from submissions.lineage.canonical_figures import TABLES, figures_hash

# Cities had no reports on tasks yet.
THEN = {label: path for label, path in TABLES.items() if label != "measures.TaskReport"}


def link(apps, schema_editor):
    """
    Link the publications there are in their order, over the figures as they stand now.

    They were recorded when their submission was decided, or, where none is known, on their day.
    """
    if schema_editor.connection.vendor == "postgresql":
        # Of the triggers that 0009 once made; audit.guards makes them of its list.
        schema_editor.execute("DROP FUNCTION IF EXISTS submissions_original_is_kept CASCADE")
    submissions = apps.get_model("submissions", "Submission").objects
    slots = submissions.exclude(published_at=None).values_list(
        "city", "period", "published_at", "decided_at"
    )
    decided = {(city, period, published): at for city, period, published, at in slots}
    last = None
    publications = apps.get_model("clusters", "Publication").objects
    for each in publications.select_related("city", "period").order_by("pk"):
        slot = {"city": each.city, "period": each.period, "published_at": each.published_at}
        at = decided.get((each.city_id, each.period_id, each.published_at)) or each.published_at
        each.sequence = last.sequence + 1 if last else 1
        each.recorded_at = max(at, last.recorded_at) if last else at
        each.figures_hash = figures_hash(**slot, get_model=apps.get_model, tables=THEN)
        each.previous_hash = last.chain_hash if last else FIRST
        each.chain_hash = link_hash(each)
        each.save()
        last = each


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0008_chain_of_publications"),
        ("enterprises", "0007_no_staged_registers"),
        ("parks", "0002_established"),
        ("submissions", "0011_explanations_are_superseded"),
    ]

    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
