"""Django's own sessions in the database, whose end is known without another query."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from foundation.addresses import client_address

# Kept in the session at sign-in.
SIGNED_IN_AT, ADDRESS, BROWSER = "signed_in_at", "address", "browser"


class SessionStore(DatabaseSessions):
    """A session that knows when it ends, so that it need not be prolonged with each request."""

    # None for a session that was not read from the database.
    ends_at: datetime | None = None

    def _get_session_from_db(self):
        row = super()._get_session_from_db()
        self.ends_at = row.expire_date if row else None
        return row


def note_sign_in(sender, request, **_given) -> None:
    """Store in a new session when and from where it began."""
    request.session[SIGNED_IN_AT] = timezone.now().timestamp()
    request.session[ADDRESS] = client_address(request)
    request.session[BROWSER] = request.META.get("HTTP_USER_AGENT", "")[:200]
