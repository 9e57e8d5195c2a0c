"""Views that only act, and the pages their buttons stand on."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect


def act_of(page: Callable[..., object]):
    """
    Decorate a view that only acts: opening its address leads to its page.

    page(request, **parameters of the view) returns that page: an address, the name of one, or an
    object with one. Signing in leads to the address that was asked for: so it never ends in an
    empty answer.
    """

    def decorate(view):
        @wraps(view)
        def act(request, **given):
            if request.method == "POST":
                return view(request, **given)
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["POST"])
            return redirect(page(request, **given))

        return act

    return decorate
