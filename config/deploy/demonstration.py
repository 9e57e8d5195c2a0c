"""Where the demonstration may be: in the embedded database, elsewhere only if told."""

from argparse import ArgumentParser

from django.db import connection
from django.utils.translation import gettext as _


def is_embedded() -> bool:
    """Return whether the database is SQLite's, as `make run` makes it."""
    return connection.vendor == "sqlite"


def add_argument(parser: ArgumentParser) -> None:
    """Add --demo, which loads the demonstration into any empty database."""
    words = _("load the demonstration although this is not the embedded database")
    parser.add_argument("--demo", action="store_true", help=words)
