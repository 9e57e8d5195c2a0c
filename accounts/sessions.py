"""
Sessions in the database, as Django keeps them; but one prepared query reads all that a page begins
with: the session, its user with rights and scope, and whether anything was written since the last.

Nothing of it is kept from one request to the next: what is taken away is gone with the next.
"""

from contextvars import ContextVar
from functools import cache
from itertools import islice
from types import SimpleNamespace

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Kept
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from accounts.models import Session, User
from accounts.rights import rights_of
from clusters.prepared import Prepared
from foundation.data_version import State

FIELDS = [field.attname for field in User._meta.concrete_fields]
RIGHTS = tuple(rights_of("user_id"))

# The user of the session that was read last, until the backend takes them.
_read: ContextVar[User | None] = ContextVar("read", default=None)


class SessionStore(Kept):
    """Django's own store. What is read says in what state it was (foundation.data_version.State)."""

    state = None

    @classmethod
    def get_model_class(cls):
        """Return the model with a column for the user."""
        return Session

    def create(self):
        """Begin a session, and sweep out those that are over: else they would pile up for years."""
        self.clear_expired()
        super().create()

    def create_model_instance(self, data):
        """Return the row to write, with the user as a column."""
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        return row

    def _get_session_from_db(self):
        """Return a row with session_data; None, and a new key, if it is not there or is over."""
        _read.set(None)
        database = connections[DEFAULT_DB_ALIAS]
        now = database.ops.adapt_datetimefield_value(timezone.now())
        row = _query(database.vendor).first(self.session_key, now)
        if row is None:
            self._session_key = None
            return None
        values = iter(row)
        data, self.state = islice(values, 2)
        person = list(islice(values, len(FIELDS)))
        if person[0] is not None:
            user = User.from_db(DEFAULT_DB_ALIAS, FIELDS, person)
            vars(user).update(zip(RIGHTS, values, strict=True))
            _read.set(user)
        return SimpleNamespace(session_data=data)


def brought(user_id) -> User | None:
    """Return the user that came with the session just read, once; None if it was not theirs."""
    user = _read.get()
    _read.set(None)
    return user if user and user.pk == user_id else None


@cache
def _query(_vendor: str) -> Prepared:
    """Return the query of a key and a moment."""
    found = Session.objects.filter(session_key="").filter(expire_date__gt=timezone.now())
    rights = rights_of("user_id").values()
    person = (f"user__{name}" for name in FIELDS)
    everything = found.values_list("session_data", State(), *person, *rights)
    return Prepared.of("session_with_user", everything, varying=2)
