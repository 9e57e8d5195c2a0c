"""
Values that no page sends and that databases and Python refuse, each in its own way: a zero byte,
a number of thousands of digits, a text as long as a book.

They are answered with 400 in words, before any view reads them.
"""

import re

from django.core.exceptions import BadRequest
from django.http import UnreadablePostError
from django.utils.translation import gettext as _

# Python itself refuses numbers of more than 4,300 digits; amounts have 20.
MOST_DIGITS = 100
NUMBER = re.compile(r"[\s+-]*[\d.,_\s]+")
# In an address; and in a field of a form, where the longest text that is kept has 2,000.
MOST_IN_ADDRESS = 2_000
MOST_IN_FIELD = 100_000


def middleware(get_response):
    """Raise BadRequest for a path, query or field of a form that holds such a value."""

    def answer(request):
        refuse(request.path_info, MOST_IN_ADDRESS)
        for name, values in request.GET.lists():
            for value in (name, *values):
                refuse(value, MOST_IN_ADDRESS)
        for name, values in fields_of(request):
            for value in (name, *values):
                refuse(value, MOST_IN_FIELD)
        return get_response(request)

    return answer


def fields_of(request) -> list[tuple[str, list[str]]]:
    """Return the fields of a form that was sent; none of any other body. Raises BadRequest."""
    if request.method != "POST":
        return []
    try:
        return list(request.POST.lists())
    except UnreadablePostError:
        raise BadRequest(_("The form has not arrived whole. Send it again.")) from None


def refuse(value: str, most: int) -> None:
    """Raise BadRequest, with the reason, for a value that cannot be."""
    if "\0" in value:
        raise BadRequest(_("The address or a field holds a zero byte, which is no text."))
    digits = sum(sign.isdigit() for sign in value)
    if digits > MOST_DIGITS and NUMBER.fullmatch(value):
        words = {"digits": digits, "most": MOST_DIGITS}
        raise BadRequest(
            _("A number of %(digits)s digits was sent; at most %(most)s are read.") % words
        )
    if len(value) > most:
        words = {"length": len(value), "most": most}
        raise BadRequest(
            _("A value of %(length)s characters was sent; at most %(most)s are read.") % words
        )
