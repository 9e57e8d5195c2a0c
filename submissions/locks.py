"""
Locks. Every act that numbers, decides or publishes takes one of these first.

On PostgreSQL they lock rows of cities, always in the order of primary keys. SQLite has no row
locks and needs none: a transaction there holds the only write lock from its beginning
(transaction_mode=IMMEDIATE in config.settings).
"""

from collections.abc import Iterable

from clusters.models import City
from enterprises.models import Enterprise


def one_at_a_time_in(city: City) -> None:
    """Wait for other acts of this city. Only inside a transaction."""
    list(City.objects.select_for_update(no_key=True).filter(pk=city.pk))


def one_at_a_time_in_the_province() -> None:
    """
    Wait for other publications and other acts of any city. Only inside a transaction.

    Two cities may report one enterprise, and the newest publication's number identifies all
    that is in force: so publications must become visible one after the other.
    """
    list(City.objects.select_for_update(no_key=True).order_by("pk"))


def hold_enterprises(credit_codes: Iterable[str]) -> None:
    """
    Wait for changes of these enterprises, and keep others waiting. Only inside a transaction.

    Always in the order of primary keys. What is read afterwards stays so until its end.
    """
    wanted = Enterprise.objects.select_for_update(no_key=True).filter(credit_code__in=credit_codes)
    list(wanted.order_by("pk").values_list("pk", flat=True))
