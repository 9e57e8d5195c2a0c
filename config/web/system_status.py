"""The state of the system for who answers for it: program, work, backups, storage."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.db import connection
from django.db.models import Count, Sum
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.web.health import (
    LITTLE_SPACE,
    free_space,
    is_backed_up,
    migrations_missing,
    static_files_missing,
)
from foundation.formatting import moment
from foundation.tables import Column, Table, ad_hoc
from jobs.models import Job, JobState, OperatorRun, Worker
from jobs.workers import SEEN_WITHIN
from submissions.models import Original
from submissions.workbook.limits import MIB

GOOD, BAD, NEUTRAL = "in_order", "needs_attention", "for_information"
# A job that waits for longer is not merely behind others.
WAITS_TOO_LONG = timedelta(minutes=5)
VERIFIED_WITHIN = timedelta(days=8)

Line = tuple[str, str, str]


@permission_required("jobs.view_operatorrun", raise_exception=True)
def system_status(request):
    """Show the state of the system."""
    now = timezone.now()
    parts = [
        ("program", _("Program and database"), program_lines()),
        ("work", _("Background work"), work_lines(now)),
        ("runs", _("Backup and verification"), run_lines(now)),
        ("storage", _("Storage"), storage_lines()),
    ]
    context = {
        "parts": [(key, title, table(key, lines)) for key, title, lines in parts],
        "attention": sum(state == BAD for _k, _t, lines in parts for _w, state, _v in lines),
    }
    return render(request, "config/system_status.html", context)


def table(key: str, lines: list[Line]) -> Table:
    """Return the table of a part: what, its state, its value."""
    columns = (Column(_("What")), Column(_("State"), "status"), Column(_("Details")))
    return ad_hoc(columns, lines, labelled_by=key)


def state(is_good: bool) -> str:
    """Return the status of what is either in order or not."""
    return GOOD if is_good else BAD


def program_lines() -> list[Line]:
    """Return version, database, migrations, static files."""
    behind = migrations_missing()
    return [
        (_("Version"), NEUTRAL, settings.VERSION),
        (_("Database"), NEUTRAL, database()),
        (
            _("Migrations"),
            state(not behind),
            _("%(count)d not applied: run setup") % {"count": behind} if behind else _("applied"),
        ),
        (
            _("Static files"),
            state(not static_files_missing()),
            _("not collected: run setup") if static_files_missing() else _("collected"),
        ),
    ]


def database() -> str:
    """Return the database's program with its version, and its size."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT current_setting('server_version'), pg_database_size(current_database())"
            )
            version, size = cursor.fetchone()
            return f"PostgreSQL {version.split()[0]}, {in_mib(size)}"
        cursor.execute(
            "SELECT sqlite_version(), page_count * page_size "
            "FROM pragma_page_count(), pragma_page_size()"
        )
        version, size = cursor.fetchone()
        return f"SQLite {version}, {in_mib(size)}"


def work_lines(now) -> list[Line]:
    """Return the workers that live, and what waits, runs and has failed."""
    workers = list(Worker.objects.filter(seen_at__gte=now - SEEN_WITHIN))
    waiting = Job.objects.filter(state=JobState.WAITING).order_by("created_at")
    oldest = waiting.values_list("created_at", flat=True).first()
    failed = Job.objects.filter(state=JobState.FAILED, finished_at__gte=now - timedelta(days=1))
    return [
        (_("Workers"), state(bool(workers)), ", ".join(map(str, workers)) or _("none")),
        (
            _("Waiting"),
            state(oldest is None or now - oldest <= WAITS_TOO_LONG),
            f"{waiting.count()}" + (f" ({moment(oldest)})" if oldest else ""),
        ),
        (_("Under way"), NEUTRAL, str(Job.objects.filter(state=JobState.RUNNING).count())),
        (_("Failed within a day"), NEUTRAL, str(failed.count())),
    ]


def run_lines(now) -> list[Line]:
    """Return the newest backup, verification and restore."""
    kind = OperatorRun.RunKind
    backup, verified = OperatorRun.newest(kind.BACKUP), OperatorRun.newest(kind.VERIFICATION)
    is_verified = bool(verified) and now - verified.finished_at <= VERIFIED_WITHIN
    lines = [
        (_("Last backup"), state(is_backed_up(backup)), run_words(backup)),
        (
            _("Last verification"),
            state(is_verified and not verified.faults),
            run_words(verified),
        ),
    ]
    restored = OperatorRun.newest(kind.RESTORE)
    return lines + ([(_("Last restore"), NEUTRAL, run_words(restored))] if restored else [])


def run_words(run: OperatorRun | None) -> str:
    """Return when a run was, where, of what, and how many faults it found."""
    if run is None:
        return _("never")
    words = [moment(run.finished_at), run.host, run.note]
    if run.kind == OperatorRun.RunKind.VERIFICATION:
        found = ngettext("%(count)d fault", "%(count)d faults", run.faults)
        words[2:] = [found % {"count": run.faults}]
    return " · ".join(filter(None, words))


def storage_lines() -> list[Line]:
    """Return the room that is left, and what originals take."""
    kept = Original.objects.aggregate(number=Count("pk"), bytes=Sum("size"))
    free = free_space()
    return [
        (_("Free where DATA_DIR lies"), state(free >= LITTLE_SPACE), in_mib(free)),
        (
            _("Original workbooks"),
            NEUTRAL,
            f"{kept['number']}, {in_mib(kept['bytes'] or 0)}",
        ),
    ]


def in_mib(size: int) -> str:
    """Return bytes in MiB."""
    return f"{size / MIB:,.1f} MiB"
