"""
What is to be done before the pages have figures, and who does it.

Shown until the first return is accepted, by {% landing %} (config.web.start.landing).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import CityAssignment
from accounts.roles import OFFICIAL, REVIEWER
from clusters.models import City
from clusters.viewpoint import newest_of
from enterprises.models import Enterprise
from submissions import access
from submissions.models import Submission


@dataclass(frozen=True)
class Step:
    """
    One step of the first start.

    name     what is to be done
    is_done  whether it has been
    state    how far it is, in words with numbers
    who      who does it
    ways     pairs of words and address, of what this reader can do about it
    """

    name: str
    is_done: bool
    state: str
    who: str | Promise
    ways: tuple[tuple[str, str], ...] = ()


def first_steps(request) -> list[Step]:
    """Return the steps to the first accepted return, as the reader sees them; [] from then on."""
    if newest_of(request.data_version["newest"]):
        return []
    reports = access.reports(request.user)
    return list(of_a_bureau(request) if reports else of_the_province(request.user))


def of_the_province(user) -> Iterator[Step]:
    """Yield the steps up to the first accepted return. Five queries."""
    yield _register(user)
    yield _bureaus(user)
    yield _account_of(user, REVIEWER.key, _("An account for a reviewer"))
    yield _account_of(user, OFFICIAL.key, _("An account for an official"))
    yield _first_return(user)


def _register(user) -> Step:
    number = Enterprise.objects.count()
    ways = []
    if user.has_perm("enterprises.import_enterprise"):
        ways.append((_("Import a list"), reverse("admin:enterprises_enterprise_import")))
    if user.has_perm("enterprises.add_enterprise"):
        ways.append((_("Enter one"), reverse("admin:enterprises_enterprise_add")))
    return Step(
        _("The register of enterprises"),
        number > 0,
        _("Entered: %(number)s") % {"number": number},
        _("Administrator"),
        tuple(ways),
    )


def _bureaus(user) -> Step:
    assigned = CityAssignment.objects.filter(city=OuterRef("pk"), user__is_active=True)
    cities = list(City.objects.annotate(has_account=Exists(assigned)).order_by("code"))
    without = [city for city in cities if not city.has_account]
    state = _("Cities with an account: %(number)s of %(total)s") % {
        "number": len(cities) - len(without),
        "total": len(cities),
    }
    if without and len(without) < len(cities):
        comma = pgettext("between cities", ", ")
        state += _("; without one: %(cities)s") % {"cities": comma.join(map(str, without))}
    is_done = bool(cities) and not without
    return Step(_("An account for each city's bureau"), is_done, state, *_makes_accounts(user))


def _account_of(user, role: str, name: str) -> Step:
    people = get_user_model().objects.filter(is_active=True, groups__name=role)
    number = people.count()
    state = _("Accounts: %(number)s") % {"number": number}
    return Step(name, number > 0, state, *_makes_accounts(user))


def _makes_accounts(user) -> tuple[str | Promise, tuple[tuple[str, str], ...]]:
    """Return who makes accounts, with the address for a reader who may do so."""
    way = (_("Add an account"), reverse("admin:accounts_user_add"))
    return _("Administrator"), (way,) if user.has_perm("accounts.add_user") else ()


def _first_return(user) -> Step:
    every = list(Submission.objects.values_list("status", flat=True))
    waiting = every.count(Submission.Status.SUBMITTED)
    state = _("Workbooks received: %(uploaded)s; waiting for a decision: %(waiting)s") % {
        "uploaded": len(every),
        "waiting": waiting,
    }
    who = _("A city's bureau uploads and submits it, a reviewer accepts it.")
    way = (_("Submissions"), reverse("submissions:inbox"))
    return Step(_("The first return accepted"), False, state, who, (way,))


def of_a_bureau(request) -> Iterator[Step]:
    """Yield a bureau's steps up to its first accepted workbook. One query."""
    states = set(Submission.objects.in_cities(request.cities).values_list("status", flat=True))
    bureau, inbox = _("Your bureau"), (_("What we owe"), reverse("submissions:inbox"))
    ways = {
        _("Download the template: it has your enterprises in it"): (
            _("Download the template"),
            reverse("submissions:template"),
        ),
        _("Fill it in and check it; nothing is stored"): (
            _("Check a workbook"),
            reverse("submissions:check"),
        ),
        _("Upload it, answer the findings, submit it"): inbox,
    }
    not_handed_in = {Submission.Status.UPLOADED, Submission.Status.DISCARDED}
    for number, (name, way) in enumerate(ways.items()):
        has_come = bool(states - not_handed_in if number == 2 else states)
        yield Step(name, has_come, "", bureau, (way,))
    yield Step(
        _("The province accepts it or sends it back with a reason"), False, "", REVIEWER.name
    )
