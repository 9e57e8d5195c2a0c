"""
The mark of what was back-filled (补录): declared for a day before it was recorded.

A record has published_at and recorded_at: a publication; a figure or a submission of
with_recorded_at(). recorded_at is None where no publication brought it. mark() is a filter of every
template.
"""

from collections.abc import Collection
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.formatting import day
from foundation.tables import Parts, Typed

register = template.Library()


def is_backfilled(record: Any) -> bool:
    """Return whether a record was declared for a moment before it was recorded."""
    published, recorded = record.published_at, getattr(record, "recorded_at", None)
    return None not in (published, recorded) and published < recorded


@register.filter(name="backfilled")
def mark(record: Any) -> str:
    """Return that a record was back-filled, with both days; "" of any other, and of none."""
    if not record or not is_backfilled(record):
        return ""
    return _("back-filled: declared for %(declared)s, recorded on %(recorded)s") % {
        "declared": day(record.published_at),
        "recorded": day(record.recorded_at),
    }


def dated(record: Any, kind: str = "day", at: Any = None) -> object:
    """Return the cell of when a record was published, or of another moment, with its mark."""
    shown = Typed(record.published_at if at is None else at, kind)
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
