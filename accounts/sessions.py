"""
Sessions in the database, as Django keeps them, but read by a prepared query.
"""

from functools import lru_cache
from types import SimpleNamespace

from django.contrib.sessions.backends.db import SessionStore as Kept
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from clusters.prepared import Prepared


class SessionStore(Kept):
    """Django's own store, which reads quicker."""

    def _get_session_from_db(self):
        """Return a row with session_data; None, and a new key, if it is not there or is over."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        row = _query(connection.vendor).first(self.session_key, now)
        if row is None:
            self._session_key = None
            return None
        return SimpleNamespace(session_data=row[0])


@lru_cache(maxsize=2)
def _query(_vendor: str) -> Prepared:
    """Return the query of a key and a moment."""
    found = Session.objects.filter(session_key="").filter(expire_date__gt=timezone.now())
    return Prepared.of("session_data", found.values_list("session_data"), varying=2)
