"""The production server itself on the tests' database: gunicorn, as `make run` starts it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import environ
from django.db import connection

from config.management.commands import serve
from tests.config.deploy.server.serving import free_port


@contextlib.contextmanager
def production_server(
    folder: Path, log: int | None = None
) -> Iterator[tuple[subprocess.Popen, int]]:
    """
    Start the server, yield its process and port, and end it.

    Temporary files of uploads go into folder/temp, its log to a file descriptor or where ours does.
    """
    port = free_port()
    (folder / "temp").mkdir()
    settings = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(folder),
        "TMPDIR": str(folder / "temp"),
        "WITH_QUEUE": "1",
    }
    command = [sys.executable, "-m", *serve.gunicorn_command(port)]
    process = subprocess.Popen(command, env=os.environ | settings, stderr=log)
    try:
        wait_for(lambda: answers(port))
        yield process, port
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def database_url() -> str:
    """The address of this test's own database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}?transaction_mode=IMMEDIATE&timeout=20"
    base, _, _ = environ.Env()("DATABASE_URL").partition("?")[0].rpartition("/")
    query = environ.Env()("DATABASE_URL").partition("?")[2]
    return f"{base}/{name}?{query}"


@contextlib.contextmanager
def another_database(folder: Path) -> Iterator[str]:
    """Yield the address of an empty database beside the tests' own, of the same kind."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'another.sqlite3'}?transaction_mode=IMMEDIATE&timeout=20"
        return
    ours = connection.settings_dict["NAME"]
    name = f"{ours}_another"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield database_url().replace(f"/{ours}", f"/{name}")
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def wait_for(happened, seconds=60):
    """Wait until a condition is true; fail after a while."""
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.02)


def answers(port: int) -> bool:
    """Return whether a port accepts connections."""
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0
