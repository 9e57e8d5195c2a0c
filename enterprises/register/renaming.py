"""Stores an enterprise's former name or city when the register's record changes."""

from datetime import date

from enterprises.models import CityMove, Enterprise, FormerName


def keep_name(enterprise: Enterprise, name: str, *, until: date | None, document: str) -> None:
    """Store a former name; until is its last day, None where unknown."""
    former_name(enterprise, name, until=until, document=document).save()


def former_name(
    enterprise: Enterprise, name: str, *, until: date | None, document: str
) -> FormerName:
    """Return a former name that is not stored yet."""
    former = FormerName(enterprise=enterprise, name=name, used_until=until, document=document)
    return _as_in_history_of(enterprise, former)


def keep_city(enterprise: Enterprise, city_id: int, *, moved_on: date, document: str) -> None:
    """Store the move of an enterprise that is saved in its new city; city_id is the former one."""
    move = CityMove(
        enterprise=enterprise,
        from_city_id=city_id,
        to_city=enterprise.city,
        moved_on=moved_on,
        document=document,
    )
    _as_in_history_of(enterprise, move).save()


def _as_in_history_of(enterprise: Enterprise, record):
    """Return a record with the reason and the user of the enterprise's own change."""
    record._change_reason = getattr(enterprise, "_change_reason", None)
    if user := getattr(enterprise, "_history_user", None):
        record._history_user = user
    return record
