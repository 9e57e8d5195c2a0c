"""
The whole suite: on SQLite, on a real PostgreSQL what can differ there, in a real browser, and
the main pages in the oldest one that they are meant for.

`quick` is the short part for between two edits: what asks no database, and every page as everyone.
With DEEP=1 properties are tried on many more examples, and walks take every way.

What is missing is installed where it can be (as root on a Debian machine), and otherwise named
in one line with the command that installs it. Under CI=true a missing part is a failure.
"""

import contextlib
import functools
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tests import on_postgres
from tests.browser import old_chromium
from tests.throwaway_postgres import Missing, binaries, postgres

PARTS = ("sqlite", "postgres", "browser", "oldest")
CI = os.environ.get("CI") == "true"


def find_program(program: str) -> None:
    """Raise Missing if a program is not on this machine."""
    if not shutil.which(program):
        raise Missing(f"{program} is not on this machine: apt-get install {PACKAGES[program]}")


def find_writer() -> None:
    """Raise Missing if LibreOffice is not there, or cannot open a text document."""
    find_program("soffice")
    office = Path(shutil.which("soffice") or "").resolve().parent
    if not (office / "libswlo.so").exists():
        raise Missing(f"LibreOffice lacks its writer: apt-get install {PACKAGES['writer']}")


# Debian's package of each thing that the suite needs beside Python.
PACKAGES = {
    "postgres": "postgresql",
    "chromium": "chromium fonts-noto-cjk",
    "chromium-headless-shell": "chromium-headless-shell fonts-noto-cjk",
    "soffice": "libreoffice-calc-nogui",
    "writer": "libreoffice-writer-nogui",
    "chromium 86": "npm",
    "nginx": "nginx",
    "curl": "curl",
    "systemd-analyze": "systemd",
}
FIND = {
    "postgres": binaries,
    "chromium": lambda: find_program("chromium"),
    "chromium-headless-shell": lambda: find_program("chromium-headless-shell"),
    "soffice": lambda: find_program("soffice"),
    "writer": find_writer,
    "chromium 86": old_chromium.executable,
    "nginx": lambda: find_program("nginx"),
    "curl": lambda: find_program("curl"),
    "systemd-analyze": lambda: find_program("systemd-analyze"),
}
NEEDS = {
    "quick": [],
    "sqlite": ["soffice", "writer", "nginx", "curl", "systemd-analyze", "postgres"],
    "postgres": ["postgres", "soffice", "writer"],
    "browser": ["postgres", "chromium", "chromium-headless-shell"],
    # Its libraries are those of today's Chromium.
    "oldest": ["postgres", "chromium", "chromium 86"],
}

# One worker more than there are cores: programs that are started, and pages that are drawn, are
# waited for. A file stays with one worker, or each would make what the file's tests share.
BY_FILE = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
# In the browser tests are handed out one by one, since one may take a minute.
ONE_BY_ONE = ["-n", "3", "--maxschedchunk", "1"]
# Where the tests of a browser are: no other file need be read.
IN_A_BROWSER = ["tests/browser", "tests/config/management/test_print_briefing.py"]


def missing(part: str) -> dict[str, str]:
    """Return what a part lacks on this machine, each with the words that say so."""
    lacking = {}
    for thing in NEEDS[part]:
        try:
            FIND[thing]()
        except Missing as words:
            lacking[thing] = str(words)
    return lacking


def install(things: Iterable[str]) -> None:
    """Install what is missing, if we are root and this is Debian; say nothing otherwise."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    packages = [package for thing in things for package in PACKAGES[thing].split()]
    noninteractive = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with no_service_starts():
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            subprocess.run(
                ["apt-get", *arguments],
                env=noninteractive,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )


@contextlib.contextmanager
def no_service_starts() -> Iterator[None]:
    """Tell Debian not to start what it installs: nginx would listen on port 80."""
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()


def is_there(part: str) -> bool:
    """Return whether a part can run, after an attempt to install what it lacks."""
    if lacking := missing(part):
        print(f"{part}: installing {', '.join(lacking)}", flush=True)
        install(lacking)
    still = missing(part)
    for words in still.values():
        print(f"{part}: {words}", flush=True)
    return not still


def pytest(*arguments: str, database_url: str = "") -> int:
    """Run pytest on a database; return its exit code."""
    environment = os.environ | {"DATABASE_URL": database_url}
    if not database_url:
        environment.pop("DATABASE_URL")
    # A settings module named in the shell would be used instead of the tests' own.
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    # Hundreds of programs are started: each would compile all our modules anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments], env=environment, check=False
    ).returncode


def run(part: str, server: Callable[[], str]) -> int:
    """Run one part of the suite; return pytest's exit code. server returns PostgreSQL's address."""
    print(f"\n== {part}", flush=True)
    if part == "quick":
        return pytest("-m", "quick", "-n", "2", "--hypothesis-profile=quick")
    if part == "sqlite":
        return pytest("-m", "not browser", *BY_FILE)
    if part == "postgres":
        files = on_postgres.files()
        return pytest("-m", "not browser", *BY_FILE, *files, database_url=server())
    if part == "oldest":
        return pytest("-m", "oldest", "-n", "1", "tests/browser", database_url=server())
    marks = "browser and not oldest"
    return pytest("-m", marks, *ONE_BY_ONE, *IN_A_BROWSER, database_url=server())


def main(parts: list[str]) -> int:
    """Run the parts asked for, or all; return 0 if everything passed."""
    codes: dict[str, int] = {}
    left_out = []
    with contextlib.ExitStack() as stack:
        # One server for all parts: it keeps the migrated template of their databases.
        server = functools.cache(lambda: stack.enter_context(postgres()))
        for part in parts or PARTS:
            began = time.monotonic()
            if is_there(part):
                codes[part] = run(part, server)
                print(f"== {part}: {time.monotonic() - began:.0f} s", flush=True)
            else:
                left_out.append(part)
    failed = [part for part, code in codes.items() if code] + (left_out if CI else [])
    print(f"\n{said(failed, [] if CI else left_out)}", flush=True)
    return 1 if failed else 0


def said(failed: list[str], left_out: list[str]) -> str:
    """Return what became of the parts, in words."""
    if failed:
        return f"{', '.join(failed)} failed."
    if left_out:
        return f"Not run, since something is missing: {', '.join(left_out)}."
    return "All parts passed."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
