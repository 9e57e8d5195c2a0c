"""What an enterprise was called and where it was, kept when the register's record changes."""

from datetime import date

from enterprises.models import CityMove, Enterprise, FormerName


def keep_name(enterprise: Enterprise, name: str, *, until: date | None, document: str) -> None:
    """Keep a name that an enterprise bore until a day; None where nobody says until when."""
    former = FormerName(enterprise=enterprise, name=name, used_until=until, document=document)
    _save(former, enterprise)


def keep_city(enterprise: Enterprise, city_id: int, *, moved_on: date, document: str) -> None:
    """Keep that an enterprise, saved in its new city, came there from another on a day."""
    move = CityMove(
        enterprise=enterprise,
        from_city_id=city_id,
        to_city=enterprise.city,
        moved_on=moved_on,
        document=document,
    )
    _save(move, enterprise)


def _save(record, enterprise: Enterprise) -> None:
    """Save a record with the reason and the hand of the enterprise's own change."""
    record._change_reason = getattr(enterprise, "_change_reason", None)
    if user := getattr(enterprise, "_history_user", None):
        record._history_user = user
    record.save()
