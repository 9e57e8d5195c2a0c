"""Lost jobs and jobs nobody needs any more."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from jobs.models import Job, Worker
from jobs.queue import start
from jobs.reaping import LOST_AFTER, give_back, prune, reap
from submissions.workbook import limits
from tests.jobs.cast import done, make_job, steered

pytestmark = pytest.mark.django_db

LATE = LOST_AFTER.total_seconds() + 1


def test_a_job_is_lost_later_than_a_child_may_take():
    assert timedelta(seconds=2 * limits.CHILD_WALL_SECONDS) < LOST_AFTER


def test_a_job_whose_worker_died_is_done_by_another(queue, work):
    job = make_job(state="running", alive=LATE, subject="lost", stage="reading", read=5)

    assert reap() == 1
    work()
    job.refresh_from_db()
    assert done == ["lost"]
    assert (job.state, job.attempts) == ("done", 2)


def test_a_worker_that_starts_returns_what_was_lost(queue, work):
    make_job(state="running", alive=LATE, subject="lost")
    work()

    assert done == ["lost"]


def test_the_only_worker_does_not_wait(queue, work):
    make_job(state="running", alive=1, subject="lost a second ago")
    work()
    assert done == []

    work(only_worker=True)
    assert done == ["lost a second ago"]


def test_the_second_time_it_fails_in_words(queue, caplog):
    job = make_job(state="running", alive=LATE, attempts=2)

    assert reap() == 1
    job.refresh_from_db()
    assert job.state == "failed"
    assert "begun 2 times" in job.error
    assert str(job.pk)[:8] in job.error
    assert not DBTaskResult.objects.exists()


def test_what_shows_life_is_left_alone(queue):
    job = make_job(state="running", alive=LATE - 20, ago=2 * LATE)

    assert reap() == 0
    job.refresh_from_db()
    assert job.state == "running"


def test_what_another_returned_meanwhile_is_not_returned_twice(queue):
    stale = make_job(state="running", alive=LATE)
    reap()

    assert not give_back(stale)
    assert DBTaskResult.objects.count() == 1


def test_a_job_that_stands_in_no_queue_is_put_there(queue, work):
    start(steered, by=None, subject="queued")
    make_job(subject="forgotten", ago=200)
    make_job(subject="just made", ago=1)

    assert reap() == 1
    work()
    assert sorted(done) == ["forgotten", "queued"]


def test_files_are_kept_for_a_day_and_jobs_for_a_month(queue, time_machine):
    time_machine.move_to("2026-10-01 00:00Z", tick=False)
    old = make_job(state="done")
    start(steered, by=None)
    time_machine.move_to("2026-11-01 00:00Z", tick=False)
    job = make_job(state="done", file=b"1", product=b"2", result={"lines": 3})
    Worker.objects.create(
        name="gone", host="h", started_at="2026-11-01T00:00Z", seen_at="2026-11-01T00:00Z"
    )
    time_machine.move_to("2026-11-02 01:00Z", tick=False)
    waiting = make_job(file=b"still needed")
    prune()

    assert not Job.objects.filter(pk=old.pk).exists()
    assert not DBTaskResult.objects.exists()
    assert not Worker.objects.exists()
    job.refresh_from_db()
    assert (job.file, job.product, job.result) == (None, None, None)
    waiting.refresh_from_db()
    assert bytes(waiting.file) == b"still needed"
