"""
Sessions in the database, as Django keeps them; but one prepared query reads all that a page begins
with: the session, its user with rights and scope, and the marks of what pages rest on.

Nothing of it is kept from one request to the next: what is taken away is gone with the next.
"""

from functools import lru_cache
from itertools import islice
from types import SimpleNamespace

from asgiref.local import Local
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Kept
from django.db import connection
from django.utils import timezone

from accounts.models import Session, User
from accounts.rights import rights_of
from clusters import marks
from clusters.prepared import Prepared

FIELDS = [field.attname for field in User._meta.concrete_fields]
RIGHTS = tuple(rights_of("user_id"))

# The user of the session that was read last, until the backend takes them.
_read = Local()


class SessionStore(Kept):
    """Django's own store. What is read brings the marks along (clusters.middleware)."""

    marks = None

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
        _read.user = None
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        asked = marks.names()
        row = _query(connection.vendor, asked).first(self.session_key, now)
        if row is None:
            self._session_key = None
            return None
        values = iter(row)
        data, person = next(values), list(islice(values, len(FIELDS)))
        lines = dict(zip(RIGHTS, islice(values, len(RIGHTS)), strict=True))
        if person[0] is not None:
            _read.user = User.from_db(connection.alias, FIELDS, person)
            vars(_read.user).update(lines)
        self.marks = marks.by_name(values, asked)
        return SimpleNamespace(session_data=data)


def brought(user_id) -> User | None:
    """Return the user that came with the session just read, once; None if it was not theirs."""
    user, _read.user = getattr(_read, "user", None), None
    return user if user and user.pk == user_id else None


@lru_cache(maxsize=4)
def _query(_vendor: str, asked: tuple[str, ...]) -> Prepared:
    """Return the query of a key and a moment, with the marks of these names."""
    found = Session.objects.filter(session_key="").filter(expire_date__gt=timezone.now())
    rights = rights_of("user_id").values()
    columns = ("session_data", *(f"user__{name}" for name in FIELDS), *rights)
    everything = found.values_list(*columns, *marks.columns(asked))
    return Prepared.of("session_user_" + "_".join(asked), everything, varying=2)
