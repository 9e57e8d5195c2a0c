"""A password to hand over: good for one sign-in, at which it must be changed."""

import secrets

# Without signs that are taken for another when read aloud or copied by hand.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """Return a new one of 16 signs, about 79 bits: kf7m-x2pq-9dha-w3te."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))
