"""A task of the help pages."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class HelpTask:
    """
    One task in steps.

    picture  the name of a picture in static/pictures; empty without one
    shows    what it shows, for those who do not see it
    """

    title: Promise
    steps: tuple[Promise, ...]
    picture: str = ""
    shows: str | Promise = ""
