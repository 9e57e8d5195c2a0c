"""A production-grade server on loopback, somebody who signs in to it, and wrk."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPSConnection
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPSHandler, build_opener

from tests.config.deploy.server.nginx import trusting
from tests.config.deploy.server.serving import free_port
from tests.throwaway_postgres import Missing

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WORKERS = 2
# What wrk does not print by itself: the 95th hundredth of its answers.
REPORT = """
done = function(summary, latency, requests)
  local wrong = summary.errors.status + summary.errors.read + summary.errors.timeout
  io.write(string.format("%d %d %d %d", summary.requests, summary.duration,
    latency:percentile(95), wrong))
end
"""


@dataclass(frozen=True)
class Load:
    """What wrk saw: answers a second, and in milliseconds what 95 of 100 answers stayed below."""

    rate: float
    p95: float


class Tls(HTTPSHandler):
    """TLS that believes any certificate, from an address of loopback."""

    def __init__(self, address: str) -> None:
        """Know the address."""
        super().__init__()
        self.asked_from = {"source_address": (address, 0), "context": trusting()}

    def https_open(self, req):
        """Ask from there."""
        return self.do_open(HTTPSConnection, req, **self.asked_from)


class Reader:
    """Somebody at a browser without pictures: keeps cookies, reads pages, sends forms."""

    def __init__(self, base: str, address: str = "127.0.0.1") -> None:
        """Sit down before a server; with TLS it is asked from this address."""
        self.base = base
        self.jar = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar), Tls(address))
        # A form that is sent with TLS says on which page it stood.
        self.opener.addheaders = [("Accept-Language", "en"), ("Referer", f"{base}/")]

    def get(self, path: str) -> str:
        """Return a page."""
        with self.opener.open(self.base + path, timeout=60) as answer:
            return answer.read().decode()

    def post(self, page: str, path: str, **fields: str) -> str:
        """Send a form that stands on a page; return what comes of it."""
        token = TOKEN.search(self.get(page))
        assert token, page
        body = urlencode(fields | {"csrfmiddlewaretoken": token[1]}).encode()
        with self.opener.open(self.base + path, body, timeout=60) as answer:
            return answer.read().decode()

    def sign_in(self, name: str, password: str) -> "Reader":
        """Sign in, and return themselves."""
        page = self.post("/accounts/login/", "/accounts/login/", username=name, password=password)
        assert "/accounts/logout/" in page
        return self

    @property
    def cookie(self) -> str:
        """The cookies as a browser sends them."""
        return "; ".join(f"{one.name}={one.value}" for one in self.jar)


class Server:
    """gunicorn with two workers on one database."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        """Know the process and where it listens."""
        self.process, self.port = process, port
        self.base = f"http://127.0.0.1:{port}"

    def peak_mib(self) -> float:
        """Return the most memory that any worker has held so far, in MiB."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        statuses = [Path(f"/proc/{pid}/status").read_text() for pid in children.split()]
        peaks = [re.search(r"VmHWM:\s+(\d+) kB", status) for status in statuses]
        return max(int(peak[1]) for peak in peaks if peak) / 1024


@contextlib.contextmanager
def serving(environment: dict[str, str], workers: int = WORKERS) -> Iterator[Server]:
    """Start a server on a free port of loopback, and stop it."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "config.wsgi:application"]
        + ["--config", "python:config.deploy.server.gunicorn_settings"]
        + ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--log-level", "error"],
        env=os.environ | environment,
    )
    server = Server(process, port)
    try:
        wait_until_alive(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_until_alive(server: Server) -> None:
    """Return when a server answers. Raises OSError after a minute."""
    for attempt in range(120):
        try:
            Reader(server.base).get("/healthz")
        except OSError:
            if attempt == 119:
                raise
            time.sleep(0.5)
        else:
            return


def wrk(address: str, *, cookie: str = "", seconds: int) -> Load:
    """Load an address with four connections. Raises Missing without wrk, or AssertionError."""
    if not shutil.which("wrk"):
        raise Missing("wrk is not on this machine: apt-get install wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(REPORT)
        script.flush()
        said = subprocess.run(
            ["wrk", "-t1", "-c4", f"-d{seconds}s", "--timeout", "10s", "-s", script.name]
            + (["-H", f"Cookie: {cookie}"] if cookie else [])
            + ["-H", "Accept-Encoding: gzip", address],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    requests, microseconds, p95, wrong = (int(part) for part in said.splitlines()[-1].split())
    assert not wrong, said
    return Load(rate=requests / microseconds * 1_000_000, p95=p95 / 1000)
