"""Jobs from a page to their end, with the queue in the database."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from jobs import queue as jobs
from jobs.models import Job
from jobs.reaping import return_broken_off
from tests.jobs.cast import acts, done, make_job, refused, steered

pytestmark = pytest.mark.django_db


def newest() -> Job:
    return Job.objects.latest("created_at")


def test_what_is_handed_over_waits_and_is_done_by_a_worker(queue, work):
    job = jobs.start(steered, by=None, subject="one", arguments={"of": 1})
    assert (job.state, done) == ("waiting", [])

    work()
    job = newest()
    assert done == ["one"]
    assert (job.state, job.attempts) == ("done", 1)
    assert job.started_at <= job.finished_at


def test_job_and_task_are_stored_together_or_not_at_all(queue):
    with transaction.atomic():
        jobs.start(steered, by=None)
        transaction.set_rollback(True)

    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_refusal_is_for_the_reader(queue, work):
    jobs.start(refused, by=None)
    work()

    assert (newest().state, newest().error) == ("failed", "It cannot be done.")


def test_a_fault_of_the_program_is_logged_and_said_in_the_readers_language(queue, work, caplog):
    acts.append(lambda job: 1 / 0)
    with translation.override("zh-hans"):
        job = jobs.start(steered, by=None)
    work()

    assert "ZeroDivisionError" in caplog.text
    assert str(job.pk) in caplog.text
    assert newest().state == "failed"
    assert str(job.pk)[:8] in newest().error
    assert "系统" in newest().error


def test_work_is_done_in_the_language_of_who_asked(queue, work):
    languages = []
    acts.append(lambda job: languages.append(translation.get_language()))
    with translation.override("zh-hans"):
        jobs.start(steered, by=None)
    work()

    assert languages == ["zh-hans"]


def test_a_database_that_is_gone_is_no_failure(queue, work):
    def gone(job):
        raise OperationalError("server closed the connection unexpectedly")

    acts.append(gone)
    job = jobs.start(steered, by=None)
    work()

    job.refresh_from_db()
    assert (job.state, job.error) == ("running", "")


def test_its_worker_returns_it_when_the_database_is_back(queue, work, monkeypatch):
    def locked_once(job):
        if job.attempts == 1:
            raise OperationalError("database is locked")

    acts.append(locked_once)
    job = jobs.start(steered, by=None, subject="one")
    work()
    with monkeypatch.context() as still:
        still.setattr("jobs.reaping.give_back", locked)
        with pytest.raises(OperationalError):
            return_broken_off()
    assert done == []

    return_broken_off()
    work()
    job.refresh_from_db()
    assert (done, job.state, job.attempts) == (["one"], "done", 2)
    assert not jobs.broken_off


def locked(job):
    raise OperationalError("database is locked")


def test_a_second_task_for_a_job_does_nothing(queue, work):
    job = jobs.start(steered, by=None, subject="one")
    jobs.enqueue_again(job)
    work()

    assert done == ["one"]


def test_the_database_refuses_two_running_jobs_of_a_lane():
    make_job(lane="city 370100", state="running")
    make_job(lane="city 370200", state="running")
    make_job(lane="", state="running")
    make_job(lane="", state="running")

    with pytest.raises(IntegrityError):
        make_job(lane="city 370100", state="running")


def test_a_job_whose_lane_is_taken_comes_back_later(queue, work, time_machine):
    time_machine.move_to("2026-11-29 04:00Z", tick=False)
    other = make_job(lane="city 370100", state="running")
    job = jobs.start(steered, by=None, lane="city 370100", subject="second")
    work()
    assert done == []

    Job.objects.filter(pk=other.pk).update(state="done")
    time_machine.move_to("2026-11-29 04:00:02Z", tick=False)
    work()
    job.refresh_from_db()
    assert done == ["second"]
    assert (job.state, job.attempts) == ("done", 1)


def test_the_end_of_an_attempt_that_was_given_up_changes_nothing(queue, work):
    def begun_anew(job):
        Job.objects.filter(pk=job.pk).update(attempts=2)

    acts.append(begun_anew)
    job = jobs.start(steered, by=None)
    work()

    job.refresh_from_db()
    assert job.state == "running"


def test_the_place_in_the_queue_counts_those_that_wait():
    make_job(state="done", ago=50)
    make_job(state="running", ago=40)
    make_job(ago=30)
    job = make_job(ago=20)
    make_job(ago=10)

    assert job.place() == 2


class Step:
    def __init__(self, stage, read=0, of=0):
        self.stage, self.read, self.of = stage, read, of


def test_progress_is_stored_at_each_stage_and_now_and_then(time_machine, monkeypatch):
    clock = iter([0.0, 0.1, 0.2, 0.8, 0.9])
    monkeypatch.setattr(jobs.time, "monotonic", lambda: 100 + next(clock))
    job = make_job(state="running", alive=60)
    seen = []

    def steps():
        for step in (("reading", 1), ("reading", 2), ("reading", 3), ("reading", 4), ("checking",)):
            yield Step(*step, *([9] if len(step) > 1 else []))
            job.refresh_from_db()
            seen.append((job.stage, job.read, job.of))
        return "the end"

    assert jobs.with_progress(job, steps()) == "the end"
    assert seen == [
        ("reading", 1, 9),
        ("reading", 1, 9),
        ("reading", 1, 9),
        ("reading", 4, 9),
        ("checking", 0, 0),
    ]
    assert timezone.now() - job.alive_at < timedelta(seconds=30)
