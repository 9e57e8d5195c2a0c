"""Tables to which rows are only ever added."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def lifted(*tables: str):
    """Let rows of these tables be deleted in a with block, which is one transaction."""
    with transaction.atomic():
        yield
