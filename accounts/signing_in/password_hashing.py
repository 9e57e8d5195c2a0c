"""How passwords are stored."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2(Argon2PasswordHasher):
    """
    Argon2id with OWASP's parameters for servers: 19 MiB, two passes, one lane.

    Django's own take 100 MiB and eight threads a hash: a few sign-ins at once would take the
    machine from everybody else.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
