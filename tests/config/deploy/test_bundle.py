"""What is in a bundle, and what its install.sh refuses; `make test-deep` installs a whole one."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.deploy import bundle
from tests.depth import DEEP
from tests.programs import program

# Run where there is no network but loopback: sets up, verifies, serves, and asks whether it can.
WITHOUT_A_NETWORK = """
set -eu
ip link set lo up
sh install.sh "$TARGET"
cd "$TARGET"
.venv/bin/python manage.py setup
.venv/bin/python manage.py verify
.venv/bin/python -m gunicorn -c python:config.deploy.server.gunicorn_settings config.wsgi &
server=$!
for _try in $(seq 120); do
    .venv/bin/python -c "$ASK" && break
    sleep 0.5
done
.venv/bin/python -c "$ASK"
kill $server
wait $server
"""
ASK = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:8311/readyz').read())"


def unpacked(archive, folder):
    """Unpack a bundle; return its folder."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["tar", "-xzf", archive, "-C", folder], check=True)
    return folder / bundle.name()


@pytest.fixture
def without_wheels(tmp_path, monkeypatch):
    """A bundle to whose wheels nothing was downloaded."""
    monkeypatch.setattr(bundle, "add_wheels", lambda folder: folder.mkdir())
    return unpacked(bundle.make(tmp_path / "made"), tmp_path)


def install(folder, target, **environment):
    """Run install.sh; return how it ended."""
    return subprocess.run(
        ["sh", folder / "install.sh", target],
        env=os.environ | {"PYTHON": sys.executable} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_named_by_version_python_and_platform():
    major, minor = sys.version_info[:2]
    assert bundle.name().startswith("tracker-311-0.")
    assert bundle.name().endswith(f"-cp{major}{minor}-{os.uname().machine}")


def test_it_holds_what_is_committed_and_the_hash_of_each_file(without_wheels):
    tracked = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "-z", "HEAD"],
        cwd=bundle.BASE_DIR,
        capture_output=True,
        check=True,
    ).stdout.decode()
    source = without_wheels / "source"
    assert {str(p.relative_to(source)) for p in source.rglob("*") if p.is_file()} == {
        *tracked.rstrip("\0").split("\0")
    }

    lines = (without_wheels / "SHA256SUMS").read_text().splitlines()
    listed = {path: sha for sha, path in (line.split("  ", 1) for line in lines)}
    there = {str(p.relative_to(without_wheels)) for p in without_wheels.rglob("*") if p.is_file()}
    assert listed.keys() == there - {"SHA256SUMS"}
    content = (without_wheels / "install.sh").read_bytes()
    assert listed["install.sh"] == hashlib.sha256(content).hexdigest()


def test_a_damaged_bundle_is_not_installed(without_wheels, tmp_path):
    (without_wheels / "source" / "manage.py").write_text("something else")
    ended = install(without_wheels, tmp_path / "target")

    assert ended.returncode != 0
    assert "manage.py" in ended.stdout + ended.stderr
    assert not (tmp_path / "target").exists()


def test_a_bundle_of_another_platform_is_refused_in_words(without_wheels, tmp_path, monkeypatch):
    monkeypatch.setattr(bundle, "tag", lambda: "cp399-vax")
    (without_wheels / "PLATFORM").write_text("cp399-vax\n")
    (without_wheels / "SHA256SUMS").unlink()
    (without_wheels / "SHA256SUMS").write_text(bundle.checksums(without_wheels))
    ended = install(without_wheels, tmp_path / "target")

    assert ended.returncode == 1
    assert "This bundle is for cp399-vax" in ended.stderr
    assert not (tmp_path / "target").exists()


def test_a_folder_of_something_else_is_left_alone(without_wheels, tmp_path):
    target = tmp_path / "target"
    target.mkdir()
    (target / "theirs").write_text("kept")
    ended = install(without_wheels, target)

    assert ended.returncode == 1
    assert [one.name for one in target.iterdir()] == ["theirs"]


@pytest.fixture
def no_requirements(without_wheels):
    """A bundle that needs no wheels."""
    (without_wheels / "source" / "requirements.txt").write_text("")
    (without_wheels / "SHA256SUMS").unlink()
    (without_wheels / "SHA256SUMS").write_text(bundle.checksums(without_wheels))
    return without_wheels


def test_an_upgrade_keeps_what_was_there_and_takes_settings_and_data_over(
    no_requirements, tmp_path
):
    target = tmp_path / "target"
    assert install(no_requirements, target).returncode == 0
    (target / ".env").write_text("SECRET_KEY=kept")
    (target / "var").mkdir()
    (target / "var" / "tracker.sqlite3").write_text("data")
    (target / "gone_in_the_next_version.py").write_text("")
    ended = install(no_requirements, target)

    assert ended.returncode == 0, ended.stderr
    assert (target / ".env").read_text() == "SECRET_KEY=kept"
    assert (target / "var" / "tracker.sqlite3").read_text() == "data"
    assert not (target / "gone_in_the_next_version.py").exists()
    [before] = tmp_path.glob("target.before-*")
    assert (before / "gone_in_the_next_version.py").exists()
    assert (target / ".venv" / "bin" / "python").exists()


if DEEP:

    def test_a_bundle_installs_and_serves_without_a_network(tmp_path):
        folder = unpacked(bundle.make(tmp_path / "made"), tmp_path)
        settings = {
            "TARGET": str(tmp_path / "target"),
            "ASK": ASK,
            "PYTHON": str(Path(sys.executable).resolve()),
            "SECRET_KEY": "of this test alone",
            "DATA_DIR": str(tmp_path / "state"),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PORT": "8311",
        }
        ended = subprocess.run(
            [program("unshare", "util-linux"), "--net", "--map-root-user"]
            + ["sh", "-c", WITHOUT_A_NETWORK],
            cwd=folder,
            env=os.environ | settings,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert '"status": "ok"' in ended.stdout
