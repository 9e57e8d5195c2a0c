"""A real PostgreSQL for the tests: made in a temporary folder, reached by a socket, thrown away."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

INSTALL = "apt-get install postgresql"


class Missing(RuntimeError):
    """Something the tests need is not on this machine; the text says how to get it."""


def binaries() -> Path:
    """Return the folder of initdb and postgres, the newest release first. Raises Missing."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("postgres")
    folders = [initdb.parent for initdb in installed] + [Path(p).parent for p in [on_path] if p]
    for folder in folders:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise Missing(f"PostgreSQL's server is not on this machine: {INSTALL}")


def unprivileged_user() -> str | None:
    """Return whom to run as: PostgreSQL refuses root. None means as we are."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Start a cluster, yield its DATABASE_URL, stop it and remove it. Raises Missing."""
    folder = binaries()
    user = unprivileged_user()
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    if user:
        shutil.chown(home, user)
    home.chmod(0o755)
    try:
        subprocess.run(
            [folder / "initdb", "--auth=trust", "--username=tests", "--encoding=UTF8"]
            + ["--locale=C.UTF-8", "--no-sync", "-D", home / "data"],
            user=user,
            cwd=home,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        server = subprocess.Popen(
            [folder / "postgres", "-D", home / "data", "-k", home, "-h", ""]
            # Nothing here needs to survive a power cut.
            + ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
            + ["-c", "log_min_messages=fatal"],
            user=user,
            cwd=home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until_ready(folder, home)
            yield f"postgres://tests@/postgres?host={home}"
        finally:
            server.terminate()
            server.wait(timeout=30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def wait_until_ready(folder: Path, home: Path) -> None:
    """Return when the server answers. Raises CalledProcessError after half a minute."""
    for attempt in range(60):
        asked = [folder / "pg_isready", "-q", "-h", home, "-t", "1"]
        if subprocess.run(asked, check=attempt == 59).returncode == 0:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(["sleep", "0.5"], timeout=1, check=False)
