"""systemd takes our units as they are, and what they run works."""

import os
import socket
import subprocess

import pytest

from jobs.models import Job
from jobs.queue import start as start_job
from tests.config.deploy.server.serving import ROOT, ask, free_port, started
from tests.config.deploy.server.units import UNITS, commands, here
from tests.jobs.cast import QUEUE, steered
from tests.programs import program
from tests.submissions.robustness.production import database_url, wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def state(tmp_path, monkeypatch):
    """The state's folder, and the environment of the units."""
    folder = tmp_path / "state"
    (folder / "backups").mkdir(parents=True)
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setenv("DATABASE_URL", database_url())
    monkeypatch.setenv("SECRET_KEY", "of this test alone")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings")
    return folder


@pytest.fixture
def queue(settings):
    settings.TASKS = QUEUE


def run(name, state):
    """Run what a unit runs, to its end."""
    for command in commands(name, state):
        subprocess.run(command, cwd=ROOT, check=True, timeout=120, capture_output=True)


def test_systemd_finds_nothing_to_say_of_them(tmp_path):
    folder = tmp_path / "units"
    folder.mkdir()
    for unit in UNITS:
        (folder / unit.name).write_text(here(unit.read_text(), tmp_path))
    checked = subprocess.run(
        [program("systemd-analyze", "systemd"), "verify", *sorted(folder.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )

    assert len(UNITS) > 5
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_service_is_confined_and_a_timer_has_its_service(unit):
    text = unit.read_text()
    if unit.suffix == ".timer":
        assert unit.with_suffix(".service") in UNITS
    else:
        for line in ("ProtectSystem=strict", "NoNewPrivileges=yes", "PrivateTmp=yes"):
            assert line in text
        assert "EnvironmentFile=/etc/tracker-311/env" in text


@pytest.mark.parametrize("name", ["tracker-web.service", "tracker-worker@.service"])
def test_what_serves_is_started_again_however_often_it_ends(name):
    [unit] = [unit for unit in UNITS if unit.name == name]

    assert "Restart=always" in unit.read_text()
    assert "StartLimitIntervalSec=0" in unit.read_text()


def test_the_web_server_says_when_it_is_ready_and_answers(state, tmp_path):
    port = free_port()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(30)
        told = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "PORT": str(port)}
        with started(*commands("tracker-web.service", state), port, **told):
            assert b"READY=1" in systemd.recv(1000)
            assert ask(port, "/healthz")[0] == 200


def test_a_backup_is_written_and_those_of_a_month_ago_are_removed(state):
    old = state / "backups" / "tracker-311-20200101-023000.zip"
    other = state / "backups" / "kept-by-hand.zip"
    for path in (old, other):
        path.write_bytes(b"")
        os.utime(path, (0, 0))

    run("tracker-backup.service", state)

    [new] = {*(state / "backups").iterdir()} - {old, other}
    assert new.stat().st_size > 1000
    assert not old.exists()
    assert other.exists()


def test_the_verification_passes(state):
    run("tracker-verify.service", state)


def test_the_worker_does_what_is_handed_over_and_ends_when_told(state, queue):
    job = start_job(steered, by=None)
    [command] = commands("tracker-worker@.service", state)
    worker = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_for(lambda: Job.objects.get(pk=job.pk).state == "done")
    finally:
        worker.terminate()
    assert worker.wait(30) == 0
