"""The production server of `make run`, on the tests' own database."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock
from urllib.parse import urlsplit

from django.db import connection

from config.management.commands import serve


@contextmanager
def deployed() -> Iterator[tuple[subprocess.Popen, int]]:
    """Start the server as `make run` does, give its process and port, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with mock.patch.object(os, "execv") as become:
        serve.become_gunicorn(port)
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()}
    process = subprocess.Popen(become.call_args[0][1], env=os.environ | settings)
    try:
        wait_for(lambda: answers(port))
        yield process, port
    finally:
        process.terminate()
        process.wait(60)


def database_url() -> str:
    """Return the address of the tests' own database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def wait_for(happened: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something has happened; fail if it never does."""
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.02)


def answers(port: int) -> bool:
    """Return whether somebody listens at a port of this machine."""
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0
