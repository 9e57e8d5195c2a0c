"""A real PostgreSQL for the tests: made in a temporary folder, reached by a socket, thrown away."""

import contextlib
import os
import pwd
import shutil
import signal
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


# Of a server that is only looked at: nothing needs to survive its end.
CARELESS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
# Of one that is killed on purpose: what was committed survives it, though not a power cut.
CAREFUL = ("fsync=off", "full_page_writes=off", "synchronous_commit=on")


class Server:
    """A server in a folder of its own, which is removed at the end; reached by a socket there."""

    def __init__(self, *settings: str) -> None:
        """Take its settings, as NAME=VALUE."""
        self.folder = binaries()
        self.user = unprivileged_user()
        self.settings = settings
        self.home = Path(tempfile.mkdtemp(prefix="pg-"))
        if self.user:
            shutil.chown(self.home, self.user)
        self.home.chmod(0o755)
        self.process: subprocess.Popen | None = None

    @property
    def data(self) -> Path:
        """Return the folder of its files."""
        return self.home / "data"

    @property
    def url(self) -> str:
        """Return the DATABASE_URL of its first database."""
        return f"postgres://tests@/postgres?host={self.home}"

    def run(self, program: str, *arguments: object) -> None:
        """Run one of PostgreSQL's programs. Raises CalledProcessError."""
        subprocess.run(
            [self.folder / program, *map(str, arguments)],
            user=self.user,
            cwd=self.home,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def make(self) -> None:
        """Make an empty cluster."""
        options = ("--auth=trust", "--username=tests", "--encoding=UTF8", "--locale=C.UTF-8")
        self.run("initdb", *options, "--no-sync", "-D", self.data)

    def start(self) -> None:
        """Start, and return when it answers. Raises CalledProcessError after half a minute."""
        settings = [word for one in self.settings for word in ("-c", one)]
        self.process = subprocess.Popen(
            [self.folder / "postgres", "-D", self.data, "-k", self.home, "-h", ""]
            + ["-c", "log_min_messages=fatal", *settings],
            user=self.user,
            cwd=self.home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until_ready(self.folder, self.home)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop: SIGTERM waits for its clients, SIGQUIT does not, SIGKILL is a crash."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait(timeout=30)
            self.process = None

    def remove(self) -> None:
        """Stop at once and remove everything."""
        try:
            self.stop(signal.SIGINT)
        finally:
            shutil.rmtree(self.home, ignore_errors=True)


@contextlib.contextmanager
def server(*settings: str) -> Iterator[Server]:
    """Make and start a server, yield it, remove it. Raises Missing."""
    made = Server(*settings)
    try:
        made.make()
        made.start()
        yield made
    finally:
        made.remove()


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Start a cluster, yield its DATABASE_URL, stop it and remove it. Raises Missing."""
    with server(*CARELESS) as made:
        yield made.url


def wait_until_ready(folder: Path, home: Path) -> None:
    """Return when the server answers. Raises CalledProcessError after half a minute."""
    for attempt in range(60):
        asked = [folder / "pg_isready", "-q", "-h", home, "-t", "1"]
        if subprocess.run(asked, check=attempt == 59).returncode == 0:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(["sleep", "0.5"], timeout=1, check=False)
