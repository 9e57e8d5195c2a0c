"""gunicorn with our settings on a free port of loopback, and clients that send slowly."""

import contextlib
import http.client
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
SETTINGS = "python:config.deploy.server.gunicorn_settings"
SAMPLE = "tests.config.deploy.server.sample_app:application"
# A request that never ends: within its header, and within its body, which the view waits for.
HALF_A_HEADER = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow"
HALF_A_BODY = (
    b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrftoken=" + b"a" * 32 + b"\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nusername=1"
)


def free_port() -> int:
    """Return a port of loopback on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def started(command: list[str], port: int, **environment: str) -> Iterator[subprocess.Popen]:
    """Run a server, yield its process when it listens, and end it. Raises OSError if it doesn't."""
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)
    try:
        for attempt in range(120):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if attempt == 119 or process.poll() is not None:
                    raise
                time.sleep(0.25)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextlib.contextmanager
def gunicorn(*options: str, app: str = SAMPLE, **environment: str) -> Iterator[int]:
    """Serve an application with our settings; yield the port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", SETTINGS, app]
    with started([*command, "--bind", f"127.0.0.1:{port}", *options], port, **environment):
        yield port


def ask(
    port: int,
    path: str,
    body: bytes | None = None,
    *,
    tls: ssl.SSLContext | None = None,
    source: str = "127.0.0.1",
    **headers: str,
) -> tuple[int, bytes]:
    """Send a request; return status and body. Raises TimeoutError after 20 seconds."""
    where = {"timeout": 20, "source_address": (source, 0)}
    if tls:
        connection = http.client.HTTPSConnection("127.0.0.1", port, context=tls, **where)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, **where)
    try:
        connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@contextlib.contextmanager
def slow_clients(
    port: int, number: int, sent: bytes, wrap=lambda one: one, *, addresses: int = 10
) -> Iterator[list]:
    """Hold so many connections that have sent a part of a request, from some addresses."""
    with contextlib.ExitStack() as open_ones:
        held = []
        for n in range(number):
            source = (f"127.0.1.{1 + n % addresses}", 0)
            one = wrap(socket.create_connection(("127.0.0.1", port), source_address=source))
            held.append(open_ones.enter_context(one))
            one.sendall(sent)
        yield held


def seconds_of(act, times: int = 20) -> float:
    """Return the longest time that an act took, in seconds."""
    longest = 0.0
    for _n in range(times):
        began = time.monotonic()
        act()
        longest = max(longest, time.monotonic() - began)
    return longest
