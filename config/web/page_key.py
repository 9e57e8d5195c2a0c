"""
What a part of a page depends on, for Django's {% cache %}. A template builtin: no {% load %}.

    {% page_key as key %}
    {% cache key.seconds overview key.parts %} … {% endcache %}
    {% cache key.seconds clusters key.without_states %} … {% endcache %}

The second is for a part that shows the state of no workbook: an upload changes nothing of it.
The cache is each process's own, and needs no clearing: whatever changes what a part shows changes
its key, whose data version is read from the database once a request. So a right taken away, a
publication and an edit count with the next request. A part must hold nothing of the reader's own:
neither their name nor a form, whose token is theirs.
"""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from config.web.navigation import VIEWPOINT, demonstration
from measures.access import reports_for
from submissions.deadlines.obligations import STATES

register = template.Library()

SECONDS = 3600


@dataclass(frozen=True)
class PageKey:
    """
    The key of a page's parts, and how many seconds they are kept.

    data_version  what pages rest on (foundation.data_version), the day, whether demonstration
    states        the data version of the states of workbooks, which every upload changes
    scope         codes of the cities whose enterprises the reader sees, and the department whose
                  tasks
    permissions   whether the reader is signed in, and all that they may do
    language      of the interface
    path          the address with its query
    """

    data_version: tuple[Any, ...]
    states: tuple[Any, ...]
    scope: tuple[str, ...]
    permissions: tuple[Any, ...]
    language: str | None
    path: str
    seconds: int = SECONDS

    @property
    def parts(self) -> tuple[Any, ...]:
        """All that decides what a part shows."""
        return *self.without_states, self.states

    @property
    def without_states(self) -> tuple[Any, ...]:
        """All that decides what a part shows in which no workbook's state stands."""
        return self.data_version, self.scope, self.permissions, self.language, self.path


@register.simple_tag(takes_context=True)
def page_key(context) -> PageKey:
    """Return the key of the parts of the page that is being made."""
    request = context["request"]
    user = request.user
    version = dict(request.data_version)
    states = version.pop(STATES)
    return PageKey(
        data_version=(timezone.localdate(), bool(demonstration), *version.items()),
        states=states,
        scope=(*(city.code for city in request.cities), *_department(user)),
        permissions=(user.is_authenticated, *sorted(user.get_all_permissions())),
        language=get_language(),
        path=request.get_full_path(),
        # What else an address asks for is made each time: a download is taken from the page as it
        # is made.
        seconds=SECONDS if request.GET.keys() <= VIEWPOINT else 0,
    )


def _department(user) -> tuple[str, ...]:
    """Return the slug of the department that a user reports for; nothing for anybody else."""
    department = reports_for(user)
    return (department.slug,) if department else ()
