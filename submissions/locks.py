"""
Who waits for whom. Every act that numbers, decides or publishes takes one of these first.

On PostgreSQL they lock the rows of the cities, always in the order of their numbers. SQLite has
no row locks and needs none: a transaction there holds the one write lock from its beginning
(transaction_mode=IMMEDIATE in config.settings).
"""

from clusters.models import City


def one_at_a_time_in(city: City) -> None:
    """Wait until no other act of this city is under way. Only inside a transaction."""
    list(City.objects.select_for_update(no_key=True).filter(pk=city.pk))


def one_at_a_time_in_the_province() -> None:
    """
    Wait until nothing is being published anywhere. Only inside a transaction.

    Two cities may report one enterprise, and the newest publication's number stands for
    everything that is in force: both ask that publications become visible one by one.
    """
    list(City.objects.select_for_update(no_key=True).order_by("pk"))
