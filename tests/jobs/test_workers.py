"""Signs of life of workers: whether there is one, and who ends when."""

import os
import signal

import pytest
from django.db import InterfaceError, OperationalError

from jobs import workers
from jobs.models import Worker
from jobs.workers import SignsOfLife, there_is_a_worker


@pytest.mark.django_db
def test_a_worker_is_there_for_a_minute_after_its_last_sign(time_machine):
    time_machine.move_to("2026-11-29 04:00Z", tick=False)
    assert not there_is_a_worker()

    SignsOfLife("host-1").sign()
    assert there_is_a_worker()
    time_machine.move_to("2026-11-29 04:00:59Z", tick=False)
    assert there_is_a_worker()
    time_machine.move_to("2026-11-29 04:01:01Z", tick=False)
    assert not there_is_a_worker()


@pytest.mark.django_db
def test_a_sign_again_is_of_the_same_worker(time_machine):
    time_machine.move_to("2026-11-29 04:00Z", tick=False)
    life = SignsOfLife("host-1")
    life.sign()
    began = Worker.objects.get().started_at
    time_machine.move_to("2026-11-29 04:05Z", tick=False)
    life.sign()

    worker = Worker.objects.get()
    assert (worker.started_at, worker.seen_at > began) == (began, True)


class Enough(Exception):
    """The thread has run as long as the test needs."""


@pytest.fixture
def beats(monkeypatch):
    """Return a function: run the thread's loop here for some seconds; what it did, and when."""

    def act(life, seconds, **broken):
        told, clock = [], [0.0]

        def sleep(pause):
            clock[0] += pause
            if clock[0] > seconds:
                raise Enough

        def note(name):
            def noted(*given):
                told.append((name, clock[0]))
                if name in broken:
                    raise broken[name]

            return noted

        monkeypatch.setattr(workers.time, "monotonic", lambda: clock[0])
        monkeypatch.setattr(workers.time, "sleep", sleep)
        monkeypatch.setattr(life, "sign", note("sign"))
        for name in ("reap", "return_broken_off", "prune", "close_old_connections"):
            monkeypatch.setattr(workers, name, note(name))
        monkeypatch.setattr(workers.connection, "close", note("close"))
        with pytest.raises(Enough):
            life.run()
        return told

    return act


def times(told, name):
    return [at for what, at in told if what == name]


def test_it_signs_each_quarter_minute_reaps_each_minute_and_prunes_each_hour(beats):
    told = beats(SignsOfLife("host-1"), 3700)

    assert times(told, "sign")[:4] == [0, 15, 30, 45]
    assert times(told, "reap")[:3] == [0, 60, 120]
    assert times(told, "prune") == [0, 3600]


def test_without_a_database_it_tries_again_at_the_next_beat(beats, caplog):
    told = beats(SignsOfLife("host-1"), 31, sign=OperationalError("gone"))

    assert times(told, "sign") == [0, 15, 30]
    assert len(times(told, "close")) == 3
    assert "No sign of life" in caplog.text


@pytest.mark.parametrize("error", [InterfaceError("closed"), ImportError("a task of tomorrow")])
def test_whatever_breaks_off_the_beats_go_on(beats, error):
    told = beats(SignsOfLife("host-1"), 61, reap=error)

    assert times(told, "sign") == [0, 15, 30, 45, 60]
    assert times(told, "reap") == [0, 60]


def test_without_its_parent_it_ends_its_process(monkeypatch):
    sent = []
    monkeypatch.setattr(workers.os, "kill", lambda *given: sent.append(given))
    SignsOfLife("host-1", parent=os.getppid() + 1).run()

    assert sent == [(os.getpid(), signal.SIGTERM)]
