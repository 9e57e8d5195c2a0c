"""A small application, for tests of the server: one address for each way to answer."""

import os
import signal
import time
from pathlib import Path

LARGE = 24 * 1024 * 1024


def application(environ, start_response):
    """Answer by the path, see ANSWERS; the length of the body for any other."""
    way = die_once if "NOTES" in os.environ else ANSWERS.get(environ["PATH_INFO"], body)
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Accel-Buffering", "no")])
    return way(environ)


def body(environ):
    """Return how many bytes the body has."""
    return [str(len(environ["wsgi.input"].read())).encode()]


def lines(environ):
    """Yield a line, and a second one after two seconds."""
    yield b"first\n"
    time.sleep(2)
    yield b"second\n"


def die_once(environ):
    """Note in a file that a request came; the first one dies of it."""
    notes = Path(os.environ["NOTES"])
    first = not notes.exists()
    with notes.open("a") as file:
        file.write(environ["REQUEST_METHOD"] + "\n")
    if first:
        os.kill(os.getpid(), signal.SIGKILL)
    return [b"done"]


def wait(seconds):
    """Return a way to answer after some seconds, with the worker's number."""

    def answer(environ):
        time.sleep(seconds)
        return [str(os.getpid()).encode()]

    return answer


ANSWERS = {
    "/pid": wait(0),
    "/slow": wait(2),
    "/hang": wait(3600),
    "/body": body,
    "/lines": lines,
    "/large": lambda _environ: [b"x" * LARGE],
    "/address": lambda environ: [environ.get("HTTP_X_FORWARDED_FOR", "none").encode()],
}
