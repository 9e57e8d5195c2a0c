"""The database itself: its guards, its constraints, and rows that point nowhere."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from submissions.verification.discrepancy import Discrepancy

FROZEN = ("indicators_briefing", "indicators_assessment", "submissions_original")
# What migrations put into the database by hand: triggers, and on PostgreSQL a constraint.
TRIGGERS = {f"{table}_no_{act}" for table in FROZEN for act in ("update", "delete")}
APART = "clusters_plan_years_apart"
GUARDS = {
    "sqlite": TRIGGERS | {f"{APART}_insert", f"{APART}_update"},
    "postgresql": TRIGGERS | {APART},
}
THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """
        SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'
        UNION SELECT conname FROM pg_constraint WHERE contype = 'x' AND convalidated
    """,
}
OURS = {"accounts", "clusters", "parks", "enterprises", "indicators", "submissions"}


def guards_there() -> set[str]:
    """Return the names of the triggers and exclusion constraints that are at work."""
    with connection.cursor() as cursor:
        cursor.execute(THERE[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def missing_guards() -> Iterator[Discrepancy]:
    """Yield what should refuse changes of frozen rows, and does not."""
    for name in sorted(GUARDS[connection.vendor] - guards_there()):
        yield Discrepancy(name, _("This guard of the database is missing or switched off."))


def missing_constraints() -> Iterator[Discrepancy]:
    """Yield the constraints of our tables that the database does not have."""
    for model in _models():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            there = connection.introspection.get_constraints(cursor, table)
        for name in sorted({one.name for one in model._meta.constraints} - there.keys()):
            yield Discrepancy(f"{table}.{name}", _("This constraint of the database is missing."))


def orphans() -> Iterator[Discrepancy]:
    """Yield the rows that point at a row that is not there."""
    for model in _models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.db_constraint:
                target = {field.target_field.attname: OuterRef(field.attname)}
                there = Exists(field.related_model._base_manager.filter(**target))
                lost = model._base_manager.filter(~there, **{f"{field.attname}__isnull": False})
                for pk in lost.order_by("pk").values_list("pk", flat=True):
                    yield Discrepancy(
                        f"{model._meta.db_table} {pk}",
                        _("It refers to a row that is not there (%(field)s).")
                        % {"field": field.column},
                    )


def _models() -> list[type[models.Model]]:
    return [one for one in apps.get_models() if one._meta.app_label in OURS]
