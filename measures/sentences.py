"""What a light says in one sentence, with its days and dates."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation.formatting import day as written_day
from foundation.language import in_chinese, quarter_name
from foundation.quarters import Quarter
from indicators.verdict.sentences import names
from measures.light import Because, Light, LightReason

# So many quarters without a report are named one by one.
NAMED = 2
# More who answer than these are counted in a sentence, and not named.
NAMED_UNITS = 3


def sentence(light: Light) -> str:
    """Return why a light has its colour: a sentence for each reason, the worst first."""
    return _joined(*(reason_words(reason) for reason in light.reasons))


def _joined(*sentences: str) -> str:
    """Return sentences as one text; Chinese ones stand side by side."""
    return ("" if in_chinese() else " ").join(sentences)


def unit_names(units: Sequence[object]) -> str:
    """Return who answers as one enumeration, or the first of many with their number."""
    if len(units) <= NAMED_UNITS:
        return names([str(one) for one in units])
    words = _("%(number)s units (%(first)s and others)")
    return words % {"first": units[0], "number": len(units)}


def reason_words(reason: LightReason) -> str:
    """Return one reason in words."""
    given = {
        "due": written_day(reason.due),
        "done": written_day(reason.done_on),
        "first": written_day(reason.first_due),
        "quarters": _quarters(reason.quarters),
        "days": reason.days,
    }
    words = _sentence_of(reason) % given
    if reason.first_due and reason.because is not Because.DEFERRED:
        words = _joined(words, _("It was first due on %(first)s.") % given)
    return words


def _sentence_of(reason: LightReason) -> str:
    """Return the sentence of a reason, with places for its days and dates."""
    match reason.because:
        case Because.NO_STANDARD:
            return _("No standard of completion is on record, so it cannot be judged.")
        case Because.MISSED:
            return ngettext(
                "Missed: it was due on %(due)s, %(days)d day ago.",
                "Missed: it was due on %(due)s, %(days)d days ago.",
                reason.days,
            )
        case Because.SILENT:
            return _("No report for %(quarters)s.")
        case Because.UNCHECKED:
            return _("Reported as done on %(done)s; its evidence has not been checked.")
        case Because.DONE_LATE:
            return ngettext(
                "Done on %(done)s, %(days)d day late; it was due on %(due)s.",
                "Done on %(done)s, %(days)d days late; it was due on %(due)s.",
                reason.days,
            )
        case Because.DONE_DEFERRED:
            return _("Done on %(done)s, by the deferred date; its evidence was checked.")
        case Because.DONE_IN_TIME:
            return _("Done on %(done)s, in time; its evidence was checked.")
        case Because.DEFERRED:
            return _("Deferred from %(first)s to %(due)s; it was asked for in time.")
        case Because.REPORTED:
            return _("Standing task; its reports have come.")
        case Because.UNDER_WAY:
            return _joined(_("Under way."), _left(reason))
        case Because.NOT_DUE if reason.due is None:
            return _("Standing task; no report is owed yet.")
    return _left(reason)


def _quarters(quarters: Sequence[Quarter]) -> str:
    """Return quarters in words; of more than two in a row the first, the last and the number."""
    names = [quarter_name(one) for one in quarters]
    if len(names) <= NAMED:
        return pgettext("between quarters", ", ").join(names)
    words = _("%(count)d quarters from %(first)s to %(last)s")
    return words % {"count": len(names), "first": names[0], "last": names[-1]}


def _left(reason: LightReason) -> str:
    """Return when it is due and in how many days."""
    return ngettext(
        "Due on %(due)s, in %(days)d day.", "Due on %(due)s, in %(days)d days.", reason.days
    )
