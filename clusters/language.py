"""Which of the two languages the reader reads."""

from django.utils.translation import get_language


def in_chinese() -> bool:
    """Return whether the reader reads Chinese; everybody else is shown English."""
    return (get_language() or "").startswith("zh")
