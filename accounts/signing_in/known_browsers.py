"""
Browsers that have signed in well before: what strangers do under a name does not stop them.

A browser keeps the names in a signed cookie. Its wrong passwords are counted for itself.
"""

import secrets
import unicodedata
from datetime import timedelta
from urllib.parse import quote, unquote

from django.conf import settings
from django.utils import timezone

from audit.acts import Act
from audit.models import AuditEvent
from foundation.addresses import client_address

REMEMBERED = timedelta(days=180)
# So many names are stored for a browser; with another one the oldest is dropped.
MOST_NAMES = 20
SALT = "accounts.known_browser"


def typed_name(request) -> str:
    """Return the user name typed on the sign-in page, as it is compared; "" for none."""
    return unicodedata.normalize("NFKC", request.POST.get("username", "")).strip()[:150]


def remember(request, response) -> None:
    """Have the browser keep that the user has signed in with it."""
    number, names = _kept(request)
    name = request.user.get_username()
    names = [name, *(one for one in names if one != name)][:MOST_NAMES]
    response.set_signed_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        # A name may be Chinese, and a cookie is ASCII.
        quote("\n".join([number or secrets.token_hex(8), *names])),
        salt=SALT,
        max_age=REMEMBERED,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def number_of(request, name: str) -> str:
    """Return the number of a browser that has signed in under a name; "" for any other."""
    number, names = _kept(request)
    return number if name in names else ""


def has_signed_in_from(name: str, address: str) -> bool:
    """Return whether somebody has signed in under a name from an address lately. One query."""
    signed_in = AuditEvent.objects.filter(act=Act.SIGNED_IN, username=name, address=address)
    return signed_in.filter(at__gte=timezone.now() - REMEMBERED).exists()


def is_known(request, name: str) -> bool:
    """Return whether a name has signed in well with this browser, or from this address."""
    return bool(number_of(request, name)) or has_signed_in_from(name, client_address(request))


def _kept(request) -> tuple[str, list[str]]:
    """Return the browser's number and names; "" and none for a cookie that is not ours."""
    cookie = settings.KNOWN_BROWSER_COOKIE_NAME
    value = request.get_signed_cookie(cookie, "", salt=SALT, max_age=REMEMBERED)
    number, *names = unquote(value).split("\n")
    return number, names
