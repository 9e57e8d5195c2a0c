"""Notes: explanations of figures, what they may be about, who may write and withdraw them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from audit.acts import Act
from audit.recording import record
from clusters.models import City, Cluster
from enterprises.models import Enterprise
from indicators.catalogue import INDICATORS, defined_by
from indicators.models import Note, Target
from parks.models import Park

WRITE = "indicators.add_note"
# Permission of reviewer and admin: notes on the province's figures, withdrawal of others' notes.
ANSWER_FOR_ALL = "indicators.change_note"
OF_THE_PROVINCE = ("target", "cluster")

# What lies in a reader's cities or outside of them.
SCOPED: dict[str, tuple[Any, str]] = {
    "city": (City, "code"),
    "park": (Park, "slug"),
    "enterprise": (Enterprise, "credit_code"),
}


@dataclass(frozen=True)
class Noted:
    """A note as pages show it: what it says, who wrote it when, and its key."""

    pk: int
    about: str
    period_id: int
    text: str
    author_id: int
    author: str
    written_at: datetime


FIELDS = ("pk", "about", "period_id", "text", "written_by_id", "written_by__username", "written_at")


@dataclass(frozen=True)
class Subject:
    """What a note is about: its name, and the page where the figure stands."""

    name: str
    address: str


def notes_at(moment: datetime) -> tuple[Noted, ...]:
    """Return every note that stood at a moment, oldest first."""
    standing = Note.objects.filter(written_at__lte=moment).exclude(withdrawn_at__lte=moment)
    return tuple(Noted(*row) for row in standing.order_by("pk").values_list(*FIELDS))


def subject_or_404(request: Any, about: str) -> Subject:
    """
    Return the subject of a note. Raises Http404 for a subject that the user may not explain.

    A bureau explains its own city, its parks and its enterprises; reviewer and admin also
    the targets and the clusters.
    """
    kind, _, key = about.partition(":")
    find = {
        "target": _target,
        "city": _city,
        "cluster": _cluster,
        "park": _park,
        "enterprise": _enterprise,
    }.get(kind)
    found = find(request.cities, key) if find and may_note(request.user, about) else None
    if found is None:
        if kind in SCOPED:
            model, field = SCOPED[kind]
            request.out_of_scope = model.objects.filter(**{field: key}).first()
        raise Http404
    return found


@transaction.atomic
def write(about: str, period, text: str, *, by) -> Note:
    """Store a note on a subject that exists. Raises PermissionDenied without the right."""
    if not by.has_perm(WRITE):
        raise PermissionDenied
    note = Note.objects.create(about=about, period=period, text=text.strip(), written_by=by)
    _record(Act.NOTE_ADDED, note, by=by)
    return note


@transaction.atomic
def withdraw(note: Note, *, by) -> None:
    """Withdraw a note: its author may, and reviewer and admin. Raises PermissionDenied."""
    if note.written_by_id != by.pk and not by.has_perm(ANSWER_FOR_ALL):
        raise PermissionDenied
    standing = Note.objects.filter(pk=note.pk, withdrawn_at=None)
    if standing.update(withdrawn_at=timezone.now(), withdrawn_by=by):
        _record(Act.NOTE_WITHDRAWN, note, by=by)


def _record(act: Act, note: Note, *, by) -> None:
    """Record what was done with a note."""
    after = {"about": note.about, "period": note.period.code, "text": note.text}
    record(act, note, by=by, after=after)


def may_note(user: Any, about: str) -> bool:
    """
    Return whether a user may write a note on a figure whose page they may open. No query.
    """
    of_the_province = about.partition(":")[0] in OF_THE_PROVINCE
    return user.has_perm(WRITE) and (user.has_perm(ANSWER_FOR_ALL) or not of_the_province)


def _target(cities, code: str) -> Subject | None:
    newest = Target.objects.filter(indicator=code).order_by("-plan__first_year").first()
    indicator = defined_by(newest) if newest else INDICATORS.get(code)
    if indicator is None:
        return None
    return Subject(str(indicator.name), reverse("indicators:indicator", kwargs={"code": code}))


def _city(cities, code: str) -> Subject | None:
    return _shown(cities.filter(code=code).first())


def _cluster(cities, slug: str) -> Subject | None:
    return _shown(Cluster.objects.filter(slug=slug).first())


def _park(cities, slug: str) -> Subject | None:
    return _shown(Park.objects.filter(slug=slug, city__in=cities).first())


def _enterprise(cities, code: str) -> Subject | None:
    return _shown(Enterprise.objects.filter(credit_code=code, city__in=cities).first())


def _shown(thing) -> Subject | None:
    return Subject(str(thing), thing.get_absolute_url()) if thing else None
