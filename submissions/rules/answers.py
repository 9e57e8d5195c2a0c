"""
What counts as an explanation of an advisory finding, in 说明 and on the page.

Each finding needs an explanation of its own. A phrase without a reason is none, nor is one text
copied to many enterprises.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.texts.comparing import normalised
from submissions.rules.departures import only_says_gone
from submissions.rules.stock_phrases import says_nothing

# How many enterprises may have the same text: two or three can share a cause.
COPIES = 3

# Findings that one cause explains in many lines: a list of enterprises that joins as a whole, a
# column whose formula has too many digits. One text for all of them is accepted.
ONE_CAUSE = frozenset({"W152", "W191"})


# A cumulative figure that fell: that the enterprise has closed does not explain it.
FELL = "W159"


class RefusalReason(models.TextChoices):
    """Why a text is not an explanation."""

    STOCK = "stock", _("It gives no reason")
    COPIED = "copied", _("It is copied")


REFUSAL_MESSAGES = {
    RefusalReason.STOCK: _(
        "This gives no reason and does not count. Say what happened: what changed at the "
        "enterprise, since when, and by what document it can be seen."
    ),
    RefusalReason.COPIED: _(
        "The same text stands at more than %(copies)s enterprises and does not count. Say of "
        "each enterprise what happened there."
    ),
}


def refusal_message(why: str) -> str:
    """Return the message for a RefusalReason value, in the active language."""
    return str(REFUSAL_MESSAGES[RefusalReason(why)]) % {"copies": COPIES}


def copied(answers: Iterable[tuple[str, str, str]]) -> set[str]:
    """
    Return the normalised texts that are given for more than COPIES enterprises.

    answers are (code of the finding, credit code of the enterprise or "", text). Several
    findings of one enterprise may share their text: it is one cell.
    """
    firms: dict[str, set[str]] = defaultdict(set)
    for code, firm, text in answers:
        if firm and code not in ONE_CAUSE:
            firms[normalised(text)].add(firm)
    return {text for text, at in firms.items() if len(at) > COPIES}


def gives_no_reason(code: str, text: str) -> bool:
    """Return whether a text gives no reason for a finding of this code."""
    return says_nothing(text) or (code == FELL and only_says_gone(text))


def refusal(
    code: str, firm: str, text: str, others: Iterable[tuple[str, str, str]]
) -> RefusalReason | None:
    """
    Return why a text does not explain a finding; None if it does.

    others are the explanations of the submission's other findings, as copied() takes them.
    """
    if gives_no_reason(code, text):
        return RefusalReason.STOCK
    if firm and code not in ONE_CAUSE and normalised(text) in copied([*others, (code, firm, text)]):
        return RefusalReason.COPIED
    return None
