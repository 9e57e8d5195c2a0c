"""
A form that arrived after its sender's session had ended: kept across sign-in, never carried out.

The sign-in page carries the fields; the page that the form stands on takes them, once.
"""

import json
from collections.abc import Mapping

from django.contrib import messages
from django.utils.translation import gettext as _

SESSION_KEY = "kept_form"


def as_json(form: Mapping[str, str]) -> str:
    """
    Return what was typed in a form as JSON; "" for nothing.

    Without passwords and the token of the session.
    """
    fields = {name: form[name] for name in form if form[name] and not _is_secret(name)}
    return json.dumps(fields) if fields else ""


def _is_secret(name: str) -> bool:
    return name == "csrfmiddlewaretoken" or "password" in name


def keep(request, address: str, fields: str) -> None:
    """Store the fields of a form, JSON from the sign-in page, with the address it was sent to."""
    try:
        given = json.loads(fields)
    except ValueError:
        return
    if isinstance(given, dict) and all(isinstance(value, str) for value in given.values()):
        request.session[SESSION_KEY] = {"address": address, "fields": given}


def take(request, page: str) -> dict[str, str]:
    """Return the fields of a form that was sent to an address beneath a page's, and say so."""
    kept = request.session.get(SESSION_KEY)
    if not kept or not kept["address"].startswith(page):
        return {}
    del request.session[SESSION_KEY]
    messages.warning(
        request,
        _(
            "You had been signed out when you sent this, so it has not been carried out. What you "
            "typed is in its place: press the button again."
        ),
    )
    return kept["fields"]
