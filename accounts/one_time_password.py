"""A password to hand over: good for one sign-in, at which it must be changed."""

import secrets
from datetime import datetime, timedelta

from django.utils import timezone

# Without signs that are taken for another when read aloud or copied by hand.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
GOOD_FOR = timedelta(hours=72)


def one_time_password() -> str:
    """Return a new one of 16 signs, about 79 bits: kf7m-x2pq-9dha-w3te."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))


def hand_over(user) -> None:
    """Note that a user's password is known to another: to be changed, and good for GOOD_FOR."""
    user.must_change_password = True
    user.one_time_until = timezone.now() + GOOD_FOR


def has_expired(user, now: datetime) -> bool:
    """Return whether a user's password was handed over too long ago to be used."""
    return user.must_change_password and bool(user.one_time_until and user.one_time_until < now)
