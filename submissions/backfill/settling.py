"""Which files of a batch stand in each other's way, and what a person decides about them."""

from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.recording import record
from audit.refusals import refusals_recorded
from clusters.models import City, ReportingPeriod
from submissions.models import Batch, BatchFile, Submission
from submissions.refused import Refused

State = BatchFile.FileState

# What a person decides about the files of one city and quarter.
ONLY, AFTER_THE_OTHERS = "only", "last"
# A file that is received, or decided to be unreadable, is not decided about any more.
OPEN = (State.RECOGNISED, State.ASKED, State.NOT_RECOGNISED, State.LEFT_OUT, State.REFUSED)


@transaction.atomic
def settle(batch: Batch) -> bool:
    """
    Ask a person about every city and quarter with more than one file; return whether all are read.

    Nothing is asked before all files are read: the second one may be the last.
    """
    _lock(batch)
    if batch.files.filter(state=State.WAITING).exists():
        return False
    allowed = set(batch.cities.values_list("pk", flat=True))
    slots: dict[tuple[int, int], list[BatchFile]] = defaultdict(list)
    open_or_taken = batch.files.filter(
        state__in=(State.RECOGNISED, State.ASKED, State.TAKEN),
        city__isnull=False,
        period__isnull=False,
    )
    for file in open_or_taken.select_related("city", "period"):
        slots[file.city_id, file.period_id].append(file)
    for files in slots.values():
        _settle_slot(batch, files, allowed)
    return True


def _settle_slot(batch: Batch, files: list[BatchFile], allowed: set[int]) -> None:
    """Store for the files of one city and quarter whether a person is asked."""
    for file in files:
        if file.state == State.TAKEN or file.decided_by_id:
            continue
        state, reason = State.RECOGNISED, ""
        if file.city_id not in allowed:
            state = State.REFUSED
            reason = _("%(user)s may not do this for %(city)s.") % {
                "user": batch.created_by,
                "city": file.city,
            }
        elif others := [one.name for one in files if one.pk != file.pk]:
            words = _("There are other files of this city and quarter: %(files)s.")
            state, reason = State.ASKED, words % {"files": ", ".join(others)}
        elif version := _other_version(file):
            words = _("Version %(version)d of this quarter is here already: another file.")
            state, reason = State.ASKED, words % {"version": version}
        if (state, reason) != (file.state, file.reason):
            BatchFile.objects.filter(pk=file.pk).update(state=state, reason=reason)


def _other_version(file: BatchFile) -> int | None:
    """Return the newest version of a file's city and quarter, unless it is this file, read so."""
    slot = Submission.objects.kept().filter(city=file.city_id, period=file.period_id)
    newest = slot.select_related("layout_use").order_by("-version").first()
    if newest is None:
        return None
    use = getattr(newest, "layout_use", None)
    is_this = newest.sha256 == file.sha256 and (use and use.layout_id) == file.layout_id
    return None if is_this else newest.version


@refusals_recorded(Act.BATCH_DECIDED, Refused)
@transaction.atomic
def choose(file: BatchFile, how: str, *, by) -> None:
    """
    Decide about the files of one city and quarter; those received already stay.

    how  ONLY takes this file and leaves the others out; AFTER_THE_OTHERS takes all, this one as
         the newest version and the others, in the order of their names, as earlier ones

    Raises Refused if the file is not to be decided about any more.
    """
    file = _locked_file(file)
    others = file.batch.files.filter(city=file.city, period=file.period, state__in=OPEN)
    others = list(others.exclude(pk=file.pk).order_by("name"))
    for place, other in enumerate(others, start=1):
        if how == ONLY:
            words = _("%(file)s was chosen for this city and quarter.")
            given = {"state": State.LEFT_OUT, "reason": words % {"file": file.name}, "rank": 0}
        else:
            given = {"state": State.RECOGNISED, "reason": "", "rank": place}
        BatchFile.objects.filter(pk=other.pk).update(**given, decided_by=by)
    BatchFile.objects.filter(pk=file.pk).update(
        state=State.RECOGNISED, reason="", rank=len(others) + 1, decided_by=by
    )
    _record(file, by, {"how": how, "others": [one.name for one in others]})


@refusals_recorded(Act.BATCH_DECIDED, Refused)
@transaction.atomic
def say(file: BatchFile, city: City, period: ReportingPeriod, *, by) -> None:
    """
    Say which city and quarter a file is of. Raises Refused if it is received already.

    The check of the workbook still finds what its cells say otherwise. Raises Refused, too, for a
    part of a file: its layout says what it is of.
    """
    file = _locked_file(file)
    if file.part_of_id:
        raise Refused(_("%(file)s is read by a layout, which says it.") % {"file": file.name})
    BatchFile.objects.filter(pk=file.pk).update(
        state=State.RECOGNISED,
        reason="",
        city=city,
        period=period,
        city_from=BatchFile.Source.PERSON,
        period_from=BatchFile.Source.PERSON,
        decided_by=None,
        rank=0,
    )
    _record(file, by, {"city": city.code, "period": period.code})


@refusals_recorded(Act.BATCH_DECIDED, Refused)
@transaction.atomic
def leave_out(file: BatchFile, *, by) -> None:
    """Leave a file out; it stays in the list. Raises Refused if it is received already."""
    file = _locked_file(file)
    reason = _("Left out by %(user)s.") % {"user": by}
    BatchFile.objects.filter(pk=file.pk).update(
        state=State.LEFT_OUT, reason=reason, rank=0, decided_by=by
    )
    _record(file, by, {"state": State.LEFT_OUT})


def _lock(batch: Batch) -> None:
    list(Batch.objects.select_for_update().filter(pk=batch.pk))


def _locked_file(file: BatchFile) -> BatchFile:
    """Return a file, reloaded and with its batch locked. Raises Refused if it is not open."""
    _lock(file.batch)
    file = BatchFile.objects.select_related("batch", "city", "period").get(pk=file.pk)
    if file.state not in OPEN:
        raise Refused(
            _("Nothing is to be decided about %(file)s any more: %(state)s.")
            % {"file": file.name, "state": file.get_state_display()}
        )
    return file


def _record(file: BatchFile, by, after: dict) -> None:
    record(Act.BATCH_DECIDED, file.batch, by=by, after={"file": file.name} | after)
