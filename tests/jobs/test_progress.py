"""How far a job has come, as a page says it."""

import pytest

from jobs.progress import progress_context, stage_lines
from jobs.workers import SignsOfLife
from tests.jobs.cast import make_job

pytestmark = pytest.mark.django_db

STAGES = ("reading", "checking")


@pytest.mark.parametrize(
    ("given", "states"),
    [
        ({}, ["waiting", "waiting"]),
        ({"state": "running"}, ["going", "waiting"]),
        ({"state": "running", "stage": "reading"}, ["going", "waiting"]),
        ({"state": "running", "stage": "checking"}, ["done", "going"]),
        ({"state": "done", "stage": "checking"}, ["done", "done"]),
    ],
)
def test_stages_are_done_going_or_waiting(given, states):
    assert [line.state for line in stage_lines(make_job(**given), STAGES)] == states


def test_rows_are_those_of_the_stage_that_is_going():
    job = make_job(state="running", stage="reading", read=3, of=9)

    assert [(line.read, line.of) for line in stage_lines(job, STAGES)] == [(3, 9), (0, 0)]


def test_without_a_worker_a_waiting_job_says_so():
    job = make_job()
    assert progress_context(job, STAGES, "/x/")["no_worker"]
    assert progress_context(job, STAGES, "/x/")["place"] == 1

    SignsOfLife("host-1").sign()
    assert not progress_context(job, STAGES, "/x/")["no_worker"]


def test_a_running_job_has_no_place():
    context = progress_context(make_job(state="running"), STAGES, "/x/")

    assert (context["place"], context["no_worker"]) == (None, False)
