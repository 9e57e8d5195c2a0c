"""Two web hosts and two workers behind one nginx, on one PostgreSQL that can be restarted."""

import contextlib
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import environ
from django.db import connections

from tests.config.deploy.server.nginx import Site, nginx
from tests.config.deploy.server.serving import free_port
from tests.config.deploy.server.units import commands
from tests.hosts.browser import Browser
from tests.hosts.processes import Service, command_of, descendants, kept
from tests.migrated import migrate
from tests.submissions.robustness.production import answers, wait_for
from tests.throwaway_postgres import Server

CHILD = "reading_child.py"


@dataclass
class Rig:
    """The processes, and where they listen."""

    database: Server
    webs: list[Service]
    ports: list[int]
    workers: list[Service]
    site: Site
    sources: Iterator[int]

    def browser(self, user: str, *, at: int | None = None) -> Browser:
        """Return a browser that is signed in, through nginx or at one of the hosts."""
        port = self.site.port if at is None else self.ports[at]
        browser = Browser(port, f"127.0.6.{next(self.sources)}", tls=at is None)
        browser.sign_in(user)
        return browser

    def is_up(self) -> bool:
        """Return whether every web host listens, and everything runs."""
        return all(map(answers, self.ports)) and all(
            one.process.poll() is None for one in [*self.webs, *self.workers]
        )

    def children(self) -> list[int]:
        """Return the children that read a workbook now."""
        found = [pid for one in self.workers for pid in descendants(one.process.pid)]
        return [pid for pid in found if CHILD in command_of(pid)]

    def restart_database(self) -> None:
        """Stop PostgreSQL without waiting for anybody, and start it."""
        self.database.stop(signal.SIGQUIT)
        self.database.start()


@contextlib.contextmanager
def rig(database: Server, folder: Path, *, url: str = "") -> Iterator[Rig]:
    """
    Serve a migrated database from two hosts; yield the rig when both listen.

    url  the DATABASE_URL of the hosts; else that of the server
    """
    shared = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "WITH_QUEUE": "1",
        "SECRET_KEY": "of this test alone",
        "DATABASE_URL": url or database.url,
        "TLS": "",
        "BEHIND_PROXY": "on",
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    webs, workers, ports = [], [], [free_port(), free_port()]
    for number, port in enumerate(ports):
        own = {"DATA_DIR": str(folder / f"web{number}")}
        [command] = commands("tracker-web.service", Path(own["DATA_DIR"]))
        # How a host listens on its own address: gunicorn's own variable.
        own["GUNICORN_CMD_ARGS"] = f"--bind 127.0.0.1:{port}"
        webs.append(Service(f"web{number}", command, **shared, **own))
        command = [sys.executable, "-m", "tests.hosts.worker"]
        own = {"DATA_DIR": str(folder / f"worker{number}")}
        workers.append(Service(f"worker{number}", command, **shared, **own))
    with kept([*webs, *workers]), nginx(folder / "nginx", *ports) as site:
        wait_for(lambda: all(map(answers, ports)))
        yield Rig(database, webs, ports, workers, site, count(1))


@contextlib.contextmanager
def connected(url: str, unblocked) -> Iterator[None]:
    """Let the ORM of this process work on a database that is not the tests' own."""
    own, settings = connections["default"], connections.databases["default"]
    connections.databases["default"] = environ.Env.db_url_config(url)
    connections.configure_settings(connections.databases)
    connections["default"] = connections.create_connection("default")
    try:
        with unblocked:
            yield
    finally:
        connections["default"].close()
        connections["default"], connections.databases["default"] = own, settings


def migrated(server: Server) -> None:
    """Make our tables."""
    migrate(server.url)
