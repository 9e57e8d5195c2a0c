"""
The mark of what was back-filled (补录): declared for a day before it was recorded.

A record has published_at and recorded_at: a publication; a figure or a submission of
with_recorded_at(). recorded_at is None where no publication brought it. mark() is a filter of every
template.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.formatting import day
from foundation.tables import Parts, Typed

register = template.Library()


def is_backfilled(record: Any) -> bool:
    """Return whether a record was declared for a moment before it was recorded."""
    return _is_later(record.published_at, getattr(record, "recorded_at", None))


def _is_later(published_at: datetime | None, recorded_at: datetime | None) -> bool:
    return published_at is not None and recorded_at is not None and published_at < recorded_at


@register.filter(name="backfilled")
def mark(record: Any) -> str:
    """Return that a record was back-filled, with both days; "" of any other, and of none."""
    if not record:
        return ""
    return mark_words(record.published_at, getattr(record, "recorded_at", None))


def mark_words(published_at: datetime | None, recorded_at: datetime | None) -> str:
    """Return the same of two moments."""
    if not _is_later(published_at, recorded_at):
        return ""
    return _("back-filled: declared for %(declared)s, recorded on %(recorded)s") % {
        "declared": day(published_at),
        "recorded": day(recorded_at),
    }


def dated(record: Any, kind: str = "day") -> object:
    """Return the cell of when a record was published, with its mark."""
    shown = Typed(record.published_at, kind)
    words = mark(record)
    return Parts((shown, Typed(words, css="soft", tag="small")), "\n") if words else shown


def mark_of_many(records: Collection[Any]) -> str:
    """Return how many cities' figures of a quarter were back-filled, with the days; "" of none."""
    found = [one for one in records if is_backfilled(one)]
    if not found:
        return ""
    words = ngettext(
        "back-filled: %(number)s city, declared for %(declared)s, recorded on %(recorded)s",
        "back-filled: %(number)s cities, declared for %(declared)s, recorded on %(recorded)s",
        len(found),
    )
    return words % {
        "number": len(found),
        "declared": _days(one.published_at for one in found),
        "recorded": _days(one.recorded_at for one in found),
    }


def _days(moments: Any) -> str:
    """Return the first and last day of some moments, or the one."""
    ordered = sorted(moments)
    ends = dict.fromkeys((day(ordered[0]), day(ordered[-1])))
    return " – ".join(ends)
