"""
How many passwords may be tried: by name and address, by address, by name, and at one time.

What is refused here costs no hash and no page with a menu. Wrong passwords are counted by axes in
the database, so that the limits hold over all processes and hosts.
"""

import hashlib
import threading
import time
from datetime import timedelta

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.core.cache import cache
from django.db.models import Q, Sum
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.signing_in import known_browsers
from audit.acts import Act
from audit.recording import record
from foundation.addresses import client_address

WITHIN: timedelta = settings.AXES_COOLOFF_TIME
# Wrong passwords within that time. Of one address: a whole office may stand behind it.
MOST_OF_AN_ADDRESS = 60
# Of one name, from all addresses: more is a search of many machines for one password.
MOST_OF_A_NAME = 50
# Sign-ins that one process answers at a time: of four threads two are left for everybody else.
AT_A_TIME = 2
BUSY_SECONDS = 5
# How long a process believes that an address is beyond its limit without asking again.
ASK_AGAIN_SECONDS = 10
# How long who is known waits for another's sign-in to end.
KNOWN_WAIT_SECONDS = 5
# Stands between a name and a browser's number; no name has it.
OF_BROWSER = " browser "


def counted_name(request, credentials=None) -> str | None:
    """Return the name under which axes counts: a known browser's attempts are its own."""
    name = (credentials or {}).get("username") or known_browsers.typed_name(request)
    number = known_browsers.number_of(request, name) if request else ""
    return f"{name}{OF_BROWSER}{number}" if number else name


def unlock(user) -> bool:
    """Forget the wrong passwords of an account; return whether there were any."""
    name = user.get_username()
    named = Q(username=name) | Q(username__startswith=name + OF_BROWSER)
    was_counted = AccessAttempt.objects.filter(named).delete()[0] > 0
    if was_counted:
        record(Act.UNLOCKED, user)
    return was_counted


class Turnstile:
    """
    Lets AT_A_TIME strangers in at once, and as many of those who are known beside them.

    A process has four threads: a flood of the sign-in page takes only these of them.
    """

    def __init__(self):
        self.strangers = threading.BoundedSemaphore(AT_A_TIME)
        self.known = threading.BoundedSemaphore(AT_A_TIME)
        self.turn = threading.Lock()
        self.last = 0.0

    def enter(self, request, name: str) -> threading.BoundedSemaphore | None:
        """Return what to release afterwards; None if too many are inside. At most one query."""
        if not known_browsers.number_of(request, name):
            if self.strangers.acquire(blocking=False):
                return self.strangers
            if not known_browsers.has_signed_in_from(name, client_address(request)):
                return None
        return self.known if self.known.acquire(timeout=KNOWN_WAIT_SECONDS) else None

    def pause(self) -> None:
        """Wait until the pause since the last stranger's hash is over."""
        with self.turn:
            wait = self.last + settings.SIGN_IN_PAUSE_SECONDS - time.monotonic()
            time.sleep(max(wait, 0))
            self.last = time.monotonic()


turnstile = Turnstile()


def middleware(get_response):
    """Refuse attempts to sign in beyond the limits before anything is computed for them."""

    def answer(request):
        if request.method != "POST" or request.path_info != reverse("login"):
            return get_response(request)
        name = known_browsers.typed_name(request)
        if not name:
            return get_response(request)
        place = turnstile.enter(request, name)
        if place is None:
            return too_many(request, "busy")
        try:
            return refused(request, name) or get_response(request)
        finally:
            place.release()

    return answer


def refused(request, name: str) -> HttpResponse | None:
    """Return the refusal of an attempt beyond a limit; None for one to be made, in its turn."""
    address = client_address(request)
    known = known_browsers.is_known(request, name)
    if not known and (limit := limit_reached(name, address)):
        note_once(limit, name, address)
        return too_many(request, limit)
    if not AxesProxyHandler.is_allowed(request, {"username": name}):
        return locked(request)
    if not known:
        turnstile.pause()
    return None


def limit_reached(name: str, address: str) -> str:
    """Return which limit is reached: "address", "name" or "" for none. At most two queries."""
    lately = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - WITHIN)
    if cache.get(key := f"flood-{address}"):
        return "address"
    if _wrong(lately.filter(ip_address=address)) >= MOST_OF_AN_ADDRESS:
        cache.set(key, True, ASK_AGAIN_SECONDS)
        return "address"
    if _wrong(lately.filter(username=name)) >= MOST_OF_A_NAME:
        return "name"
    return ""


def _wrong(attempts) -> int:
    return attempts.aggregate(wrong=Sum("failures_since_start"))["wrong"] or 0


def note_once(limit: str, name: str, address: str) -> None:
    """Record that an address or a name is locked, once a process and time-span."""
    what = address if limit == "address" else name
    key = hashlib.sha256(f"{limit} {what}".encode()).hexdigest()
    if cache.add(key, True, WITHIN.total_seconds()):
        tried = {"address": MOST_OF_AN_ADDRESS, "name": MOST_OF_A_NAME}[limit]
        why = _("%(count)s wrong passwords from one address") % {"count": tried}
        if limit == "name":
            why = _("%(count)s wrong passwords under one name") % {"count": tried}
        record(Act.LOCKED_OUT, username=name, why=why)


def locked(request, _response=None, _credentials=None) -> HttpResponse:
    """Return the answer to a name that is locked at this address; axes asks for it too."""
    return too_many(request, "locked")


def too_many(request, reason: str) -> HttpResponse:
    """
    Return 429 with the reason in words, and a way back to the sign-in page.

    reason  "locked", "address", "name" or "busy"; what was typed in a form is carried along
    """
    carried = {name: request.POST.get(name, "") for name in ("next", "kept")}
    minutes = int(WITHIN.total_seconds() // 60)
    context = {"reason": reason, "minutes": minutes, "failure_limit": settings.AXES_FAILURE_LIMIT}
    context |= {"carried": carried, "csrf_token": get_token(request)}
    response = HttpResponse(render_to_string("registration/locked.html", context), status=429)
    wait = BUSY_SECONDS if reason == "busy" else int(WITHIN.total_seconds())
    response["Retry-After"] = str(wait)
    return response
