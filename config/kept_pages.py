"""
Whole pages that are kept in this process, for one reader and for a minute at most.

A view that says so (foundation.data_version.tell_all) shows nothing but what its address, its reader and
the marks decide. While they are equal the page is as it was, but for the tokens of its forms:
each answer has its own. What a page says of the time is right to the minute, and so is the page.
"""

import re
from collections.abc import Hashable

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone

from config.kept_parts import TOKEN, reader_key
from config.web.navigation import demonstration

# Beyond it the oldest goes: readers are many, memory is not. A page takes about 50 KB.
AT_MOST = 100
A_TOKEN = re.compile(rf'(?<=name="{TOKEN}" value=")\w+(?=")'.encode())
_pages: dict[Hashable, list[bytes]] = {}


def forget() -> None:
    """Forget every page: for tests."""
    _pages.clear()


def middleware(get_response):
    """Answer with the page as it was kept, or keep it: the innermost of all, for it may not ask."""

    def answer(request):
        response = get_response(request)
        key = getattr(request, "kept_under", None)
        if key is not None and response.status_code == 200 and not response.cookies:
            while len(_pages) >= AT_MOST:
                _pages.pop(next(iter(_pages)))
            _pages[key] = A_TOKEN.split(response.content)
        return response

    answer.process_view = kept
    return answer


def kept(request, view, arguments, named) -> HttpResponse | None:
    """Return the page as it was; None if it must be made, with the key to keep it under."""
    if not getattr(view, "rests_on_marks", False) or len(get_messages(request)):
        return None
    key = page_key(request)
    if (pieces := _pages.get(key)) is None:
        request.kept_under = key
        return None
    return HttpResponse(get_token(request).encode().join(pieces))


def page_key(request) -> Hashable | None:
    """Return all that decides what a page shows; None if it must not be kept."""
    reader, user = reader_key(request), request.user
    if reader is None:
        return None
    name = user.is_authenticated and user.get_full_name()
    looked = getattr(user, "last_look", None)
    person = (user.pk, user.get_username(), name, looked and looked["at"])
    # Not the address it makes of them, which takes a while: CommonMiddleware has looked at it.
    host = (request.scheme, request.META.get("HTTP_HOST"))
    minute = timezone.now().replace(second=0, microsecond=0)
    return (reader, person, host, minute, bool(demonstration), *request.marks.items())
