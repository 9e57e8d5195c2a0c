"""What is on record of clusters or parks that a target counts: three groups that add up."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.estimates.figures import Thing
from indicators.verdict.sentences import names

# So many are named of each group; a briefing has one page.
NAMED = 3


def record_clauses(things: Sequence[Thing]) -> list[str]:
    """
    Return what is on record, a clause a group; nothing of no thing.

    Those established, of how many, and of which with evidence; those on record as not
    established; and those of which nothing is on record, which is neither.
    """
    if not things:
        return []
    built = [one for one in things if one.is_established]
    words = _("established, by record: %(built)s of %(of)s")
    if built:
        words = _(
            "established, by record: %(built)s of %(of)s, %(evidenced)s of them with evidence"
        )
    evidenced = sum(bool(one.evidence.strip()) for one in built)
    clauses = [words % {"built": len(built), "of": len(things), "evidenced": evidenced}]
    if refused := _named(one for one in things if one.is_established is False):
        clauses.append(_("not established, by record: %(things)s") % {"things": refused})
    if unknown := _named(one for one in things if one.is_established is None):
        clauses.append(_("nothing on record: %(things)s") % {"things": unknown})
    return clauses


def _named(things: Iterable[Thing]) -> str:
    """Return the names of things, the first few in full; empty of none."""
    every = [str(one) for one in things]
    shown = every[:NAMED]
    if more := len(every) - len(shown):
        shown.append(ngettext("%(number)s more", "%(number)s more", more) % {"number": more})
    return names(shown)
