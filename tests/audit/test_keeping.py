"""Exported by command; deleted only by command, oldest first, never what is younger."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from audit.acts import Act
from audit.models import AuditEvent, Channel
from config.management.commands.purge_audit import KEPT_DAYS
from tests.audit.cast import only


@pytest.fixture
def events(db):
    """An event a hundred days for a year."""
    return [
        AuditEvent.objects.create(
            act=Act.NOTE_ADDED,
            channel=Channel.PAGE,
            username="李",
            at=timezone.now() - timedelta(days=days),
        )
        for days in (400, 300, 200, 100, 0)
    ]


def day_before(days):
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def run(*args, **given):
    out = io.StringIO()
    call_command(*args, stdout=out, **given)
    return out.getvalue()


def test_it_is_exported_oldest_first_a_line_an_event(events, tmp_path):
    file = tmp_path / "audit.jsonl"
    run("export_audit", str(file))
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["id"] for line in lines] == [event.pk for event in events]
    assert lines[0]["username"] == "李"
    assert only(Act.TASK_RUN).after["command"] == "export_audit"


def test_of_some_days_alone(events, tmp_path):
    file = tmp_path / "audit.jsonl"
    run("export_audit", str(file), "--from", day_before(300), "--to", day_before(200))
    assert len(file.read_text().splitlines()) == 2


def test_never_over_a_file_that_is_there(events, tmp_path):
    file = tmp_path / "audit.jsonl"
    file.write_text("mine")
    with pytest.raises(CommandError, match="already"):
        run("export_audit", str(file))
    assert file.read_text() == "mine"


def test_what_is_old_is_deleted_and_the_deletion_is_a_row(events):
    run("purge_audit", "--before", day_before(250))
    left = AuditEvent.objects.filter(act=Act.NOTE_ADDED)
    assert sorted(left.values_list("pk", flat=True)) == [event.pk for event in events[2:]]
    told = only(Act.AUDIT_DELETED).after
    assert told["count"] == 2
    assert (told["first_event"], told["last_event"]) == (events[0].pk, events[1].pk)


def test_nothing_is_deleted_that_is_younger(events):
    for days in (KEPT_DAYS - 1, 0, -10):
        with pytest.raises(CommandError, match="184"):
            run("purge_audit", "--before", day_before(days))
    assert AuditEvent.objects.filter(act=Act.NOTE_ADDED).count() == len(events)


def test_what_was_deleted_is_no_row_where_there_was_nothing(db):
    run("purge_audit", "--before", day_before(250))
    assert not AuditEvent.objects.filter(act=Act.AUDIT_DELETED).exists()


@pytest.mark.parametrize("day", ["soon", "2026-13-01"])
def test_a_day_that_is_none_is_refused(db, day):
    with pytest.raises(CommandError, match="Write the day"):
        run("purge_audit", "--before", day)
