"""Which of the two languages the reader reads, and what a quarter is called in it."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.quarters import Quarter


def in_chinese() -> bool:
    """Return whether the reader reads Chinese; everybody else is shown English."""
    return (get_language() or "").startswith("zh")


def quarter_name(one: Quarter) -> str:
    """Return a quarter's name: 2025年三季度, Q3 2025."""
    names = {
        1: _("Q1 %(year)s"),
        2: _("Q2 %(year)s"),
        3: _("Q3 %(year)s"),
        4: _("Q4 %(year)s"),
    }
    return names[one.quarter] % {"year": one.year}
