"""A machine for the manual: folders of its own, a clean clone, an empty PostgreSQL, nginx."""

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.config.deploy.server.nginx import AROUND
from tests.config.deploy.server.serving import ROOT, free_port
from tests.programs import program
from tests.throwaway_postgres import postgres

HERE = Path(__file__).parent
NAME = "311.example.gov.cn"
STAND_INS = ("apt-get", "useradd", "make", "nginx", "runuser", "systemctl", "systemd-run")
# What the manual copies to their places, or runs: their paths are replaced as in its commands.
DEPLOYED = ("nginx.conf", "manage.sh", "systemd")
REAL_FOLDERS = re.compile(r"(?<![\w…])/(etc|opt|var|root|home|srv|usr/local)/")
# Passwords are asked of everybody but the cluster's administrator.
PG_HBA = "local all tests trust\nlocal all all scram-sha-256\n"


class Machine:
    """Runs the manual's commands; what its first chapter calls placeholders is replaced."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database
        self.port, plain, backend = free_port(), free_port(), free_port()
        socket = database.partition("?host=")[2]
        self.places = [
            ("https://git.example.gov.cn/tracker-311.git", f"{folder}/origin"),
            ("@127.0.0.1:5432/tracker", f"@/tracker?host={socket}"),
            ("127.0.0.1:8000", f"127.0.0.1:{backend}"),
            ("PORT=8000", f"PORT={backend}"),
            ("listen 80;", f"listen 127.0.0.1:{plain};"),
            ("listen 443 ssl;", f"listen 127.0.0.1:{self.port} ssl;"),
            ("listen [::]", "# listen [::]"),
            *((path, f"{folder}{path}") for path in ("/opt/tracker-311", "/etc/tracker-311")),
            *((path, f"{folder}{path}") for path in ("/var/lib/tracker-311", "/var/log/nginx")),
            *((path, f"{folder}{path}") for path in ("/etc/systemd/system", "/etc/nginx")),
            ("/usr/local/sbin", f"{folder}/bin"),
        ]
        self.environment = {
            "PATH": f"{folder}/bin:{os.environ['PATH']}",
            "HOME": str(folder),
            "MACHINE": str(folder),
            "NGINX_BINARY": program("nginx", "nginx"),
            "VENV": sys.prefix,
            "PGHOST": socket,
            "PGUSER": "tests",
            "PGDATABASE": "postgres",
            "LANG": "C.UTF-8",
        }

    def here(self, text: str) -> str:
        """Return commands, or a deployed file, with the places of this machine."""
        for place, ours in self.places:
            text = text.replace(place, ours)
        # Whoever runs the tests keeps their own folders.
        assert not REAL_FOLDERS.search(text.replace(str(self.folder), "…")), text
        return text

    def prepare(self) -> None:
        """Make what a Debian has before the first command, and the repository to clone."""
        for folder in ("bin", "opt", "etc/nginx/sites-available", "etc/nginx/sites-enabled"):
            (self.folder / folder).mkdir(parents=True)
        for folder in ("etc/systemd/system", "var/lib", "var/log/nginx", "nginx"):
            (self.folder / folder).mkdir(parents=True)
        for name in STAND_INS:
            path = self.folder / "bin" / name
            path.write_text(f'#!/bin/sh\nexec {sys.executable} {HERE}/stand_ins.py {name} "$@"\n')
            path.chmod(0o755)
        configuration = AROUND.format(folder=self.folder / "nginx")
        sites = f"{self.folder}/etc/nginx/sites-enabled/*"
        configuration = re.sub(r"include .*;", f"include {sites};", configuration)
        (self.folder / "nginx/nginx.conf").write_text(configuration)
        curl = f'connect-to = "{NAME}:443:127.0.0.1:{self.port}"\n'
        (self.folder / ".curlrc").write_text(curl)
        self.make_origin()

    def make_origin(self) -> None:
        """Clone what is committed, and put this machine's places into the deployed files."""
        origin = self.folder / "origin"
        git(ROOT, "clone", "--quiet", "--no-hardlinks", str(ROOT), str(origin))
        server = origin / "config/deploy/server"
        for path in sorted(file for name in DEPLOYED for file in files(server / name)):
            path.write_text(self.here(path.read_text()))
        by = ("-c", "user.name=tests", "-c", "user.email=tests@localhost")
        git(origin, *by, "commit", "--quiet", "--all", "--message", "Places of a test")

    def ask_for_passwords(self) -> None:
        """Let PostgreSQL ask the two roles for their passwords, as it does on a Debian."""
        with psycopg.connect(self.database, autocommit=True) as cluster:
            [path] = cluster.execute("SHOW hba_file").fetchone() or ()
            Path(path).write_text(PG_HBA)
            cluster.execute("SELECT pg_reload_conf()")

    def run(self, commands: str, code: int = 0) -> str:
        """Run a block of the manual in one shell; return what it says."""
        ended = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self.here(commands)],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert ended.returncode == code, f"{commands}\n{ended.stdout}\n{ended.stderr}"
        return ended.stdout

    def log(self) -> str:
        """Return what the services have written."""
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def end(self) -> None:
        """End what still runs."""
        for path in (self.folder / "running").glob("*"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(int(path.read_text()), signal.SIGTERM)


def files(path: Path) -> list[Path]:
    """Return a file, or the files of a folder."""
    return list(path.iterdir()) if path.is_dir() else [path]


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder."""
    subprocess.run(["git", *arguments], cwd=folder, check=True)


@contextlib.contextmanager
def fresh_machine(folder: Path) -> Iterator[Machine]:
    """Yield a machine on which nothing of ours is installed; end what runs on it."""
    with postgres() as url:
        machine = Machine(folder, url)
        machine.prepare()
        machine.ask_for_passwords()
        try:
            yield machine
        finally:
            machine.end()
