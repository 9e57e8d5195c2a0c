"""
The whole suite: on SQLite, on a real PostgreSQL, and in a real browser.

What is missing is installed where it can be (as root on a Debian machine), and otherwise named
in one line with the command that installs it. Under CI=true a missing part is a failure.
"""

import os
import shutil
import subprocess
import sys
import time

from tests.throwaway_postgres import Missing, binaries, postgres

PARTS = ("sqlite", "postgres", "browser")
CI = os.environ.get("CI") == "true"
# What each part needs: a check that raises Missing, and Debian's packages for it.
PACKAGES = {"postgres": ["postgresql"], "browser": ["chromium", "fonts-noto-cjk"]}


def find_chromium() -> None:
    """Raise Missing if there is no Chromium."""
    if not shutil.which("chromium"):
        raise Missing("Chromium is not on this machine: apt-get install chromium fonts-noto-cjk")


NEEDS = {"sqlite": lambda: None, "postgres": binaries, "browser": find_chromium}


def install(part: str) -> None:
    """Install what a part needs, if we are root and this is Debian; say nothing otherwise."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    noninteractive = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update"], env=noninteractive, **quiet)
    subprocess.run(["apt-get", "install", "-y", *PACKAGES[part]], env=noninteractive, **quiet)


def is_there(part: str) -> bool:
    """Return whether a part can run, after an attempt to install what it lacks."""
    try:
        NEEDS[part]()
    except Missing:
        install(part)
    try:
        NEEDS[part]()
    except Missing as missing:
        print(f"{part}: {missing}", flush=True)
        return False
    return True


def pytest(*arguments: str, database_url: str = "") -> int:
    """Run pytest on a database; return its exit code."""
    environment = os.environ | {"DATABASE_URL": database_url}
    if not database_url:
        environment.pop("DATABASE_URL")
    # A settings module named in the shell would be used instead of the tests' own.
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments], env=environment, check=False
    ).returncode


def run(part: str) -> int:
    """Run one part of the suite; return pytest's exit code."""
    print(f"\n== {part}", flush=True)
    if part == "sqlite":
        return pytest("-m", "not browser", "-n", "2")
    with postgres() as url:
        if part == "postgres":
            return pytest("-m", "not browser", "-n", "2", database_url=url)
        return pytest("-m", "browser", database_url=url)


def main(parts: list[str]) -> int:
    """Run the parts asked for, or all; return 0 if everything passed."""
    codes: dict[str, int] = {}
    for part in parts or PARTS:
        began = time.monotonic()
        if is_there(part):
            codes[part] = run(part)
            print(f"== {part}: {time.monotonic() - began:.0f} s", flush=True)
        else:
            codes[part] = 1 if CI else 0
    failed = [part for part, code in codes.items() if code]
    print(f"\n{', '.join(failed)} failed." if failed else "\nAll parts passed.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
