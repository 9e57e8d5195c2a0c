"""
A user's open sessions: since when, last used, from where; each can be ended.

A session ends IDLE after it was last used, and LONGEST after sign-in whatever is done.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.session_store import ADDRESS, BROWSER, SIGNED_IN_AT
from audit.acts import Act
from audit.recording import record

IDLE = timedelta(seconds=settings.SESSION_COOKIE_AGE)
LONGEST = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """
    A session that has not ended.

    handle      names it in a form; its key itself would let anybody in
    last_used   to the minute
    """

    key: str
    handle: str
    signed_in_at: datetime | None
    last_used: datetime
    address: str
    browser: str


def is_too_old(session) -> bool:
    """Return whether a session has lasted its longest."""
    began = session.get(SIGNED_IN_AT)
    return began is not None and timezone.now().timestamp() - began > LONGEST.total_seconds()


def seconds_left(session) -> int:
    """Return after how many seconds a session ends if it is not used; 0 for one that has."""
    now = timezone.now()
    ends = session.ends_at or now + IDLE
    if began := session.get(SIGNED_IN_AT):
        ends = min(ends, datetime.fromtimestamp(began, tz=now.tzinfo) + LONGEST)
    return max(int((ends - now).total_seconds()), 0)


def prolong(session) -> None:
    """Store that a session was used, at most once a minute. Its data are left as they are."""
    now = timezone.now()
    if session.ends_at and session.ends_at < now + IDLE - timedelta(minutes=1):
        Session.objects.filter(pk=session.session_key).update(expire_date=now + IDLE)
        session.ends_at = now + IDLE


def open_sessions(user: User) -> list[OpenSession]:
    """Return a user's open sessions, the one used last first. Reads every open session."""
    found = [_opened(row, row.get_decoded()) for row in _of(user)]
    return sorted(found, key=lambda one: one.last_used, reverse=True)


def end_sessions_of(user: User, *, but: str | None = None) -> int:
    """End all open sessions of a user but the one of that key; return how many."""
    keys = [row.pk for row in _of(user) if row.pk != but]
    return _end(user, keys)


def end_session(user: User, handle: str) -> int:
    """End the open session of a user that has a handle; return how many that were, 0 or 1."""
    keys = [row.pk for row in _of(user) if constant_time_compare(handle_of(row.pk), handle)]
    return _end(user, keys)


def handle_of(key: str) -> str:
    """Return what names a session in a form."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _end(user: User, keys: list[str]) -> int:
    Session.objects.filter(pk__in=keys).delete()
    if keys:
        record(Act.SESSION_ENDED, user, after={"sessions": len(keys)})
    return len(keys)


def _of(user: User) -> list[Session]:
    """Return the rows of a user's open sessions: their users stand in what is encoded."""
    rows = Session.objects.filter(expire_date__gt=timezone.now())
    return [row for row in rows if row.get_decoded().get(SESSION_KEY) == str(user.pk)]


def _opened(row: Session, data: dict) -> OpenSession:
    began = data.get(SIGNED_IN_AT)
    return OpenSession(
        key=row.pk,
        handle=handle_of(row.pk),
        signed_in_at=datetime.fromtimestamp(began, tz=timezone.get_current_timezone())
        if began
        else None,
        last_used=row.expire_date - IDLE,
        address=data.get(ADDRESS, ""),
        browser=data.get(BROWSER, ""),
    )
