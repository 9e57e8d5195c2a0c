"""The access log: a line of JSON for each request (settings.LOGGING, logger `access`)."""

import logging
import os
from logging.handlers import WatchedFileHandler
from time import perf_counter

from django.conf import settings

from audit.request import shown_address

logger = logging.getLogger("access")


class OwnersLog(WatchedFileHandler):
    """A log that only the account of the server may read, whatever that account's umask is."""

    def _open(self):
        return open(  # noqa: SIM115
            self.baseFilename, self.mode, encoding=self.encoding, opener=for_the_owner
        )


def for_the_owner(path: str, flags: int) -> int:
    """Open a file; one that is made now is for its owner alone."""
    return os.open(path, flags, 0o600)


def middleware(get_response):
    """Log who asked for what, and what was answered; never a body, a cookie or a secret."""

    def answer(request):
        began = perf_counter()
        response = get_response(request)
        if not request.path_info.startswith(settings.STATIC_URL):
            told = {
                "method": request.method,
                "path": shown_address(request),
                "status": response.status_code,
                "milliseconds": round((perf_counter() - began) * 1000),
                "roles": roles(request),
            }
            logger.info("request", extra=told)
        return response

    return answer


def roles(request) -> str:
    """Return the roles that the user had at sign-in: a change of them ends the session."""
    session = getattr(request, "session", None)
    return session.get("roles", "") if session is not None and session.accessed else ""


def keep_roles(sender, request, user, **_given) -> None:
    """Store the roles of who signs in with the session, so that no page asks for them."""
    from audit.recording import role_keys

    request.session["roles"] = role_keys(user)
