"""The database itself: its guards, its constraints, and rows that point nowhere."""

from collections.abc import Collection, Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from audit import guards
from submissions.verification.discrepancy import Discrepancy

# What migrations put into the database by hand: two triggers, on PostgreSQL a constraint.
APART = "clusters_plan_years_apart"
BY_HAND = {"sqlite": {f"{APART}_insert", f"{APART}_update"}, "postgresql": {APART}}
CONSTRAINTS = "SELECT conname FROM pg_constraint WHERE contype = 'x' AND convalidated"


def missing_guards() -> Iterator[Discrepancy]:
    """Yield what should refuse changes of rows and does not, or not as it should."""
    there, wanted = guards.at_work(), guards.expected()
    missing = {name for name, sql in wanted.items() if there.get(name) != sql}
    by_hand = BY_HAND[connection.vendor] - _by_hand(there)
    for name in sorted(missing | by_hand):
        yield Discrepancy(
            name, _("This guard of the database is missing, switched off or another one.")
        )


def _by_hand(triggers: Collection[str]) -> set[str]:
    """Return the names of what may have been put there by hand, of these triggers or beside."""
    if connection.vendor == "sqlite":
        return set(triggers)
    with connection.cursor() as cursor:
        cursor.execute(CONSTRAINTS)
        return {name for (name,) in cursor.fetchall()}


def missing_constraints() -> Iterator[Discrepancy]:
    """Yield the constraints of our tables that the database does not have."""
    for model in models_of_ours():
        if not model._meta.constraints:
            continue
        table = model._meta.db_table
        with connection.cursor() as cursor:
            there = connection.introspection.get_constraints(cursor, table)
        for name in sorted({one.name for one in model._meta.constraints} - there.keys()):
            yield Discrepancy(f"{table}.{name}", _("This constraint of the database is missing."))


def orphans() -> Iterator[Discrepancy]:
    """Yield the rows that point at a row that is not there."""
    for model in models_of_ours():
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


def models_of_ours() -> list[type[models.Model]]:
    """Return the models of this project's apps: those whose folders lie beside manage.py."""
    ours = [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    return [model for app in ours for model in app.get_models()]
