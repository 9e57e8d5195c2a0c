"""
`make run`: a worker beside the web server, started again whenever it ends.

The queue library's worker ends when the embedded database stays locked for longer than its
time-out. Elsewhere systemd starts workers again (config/deploy/server/).
"""

import os
import signal
import sys
import time

from django.core.management import call_command
from django.db import connections

# Seconds between two starts, so that a worker which cannot start does not fill the log.
PAUSE = 1
LOOK_EVERY = 0.2
# Who reads pages waits for them; who has uploaded is shown how far it is. systemd's unit says the
# same.
NICENESS = 15


def keep_a_worker() -> None:
    """
    Start a process that keeps a worker running until the calling process has ended.

    Both are forks: what this process has imported is not imported again. Only before threads are
    started, and with closed connections.
    """
    parent = os.getpid()
    if os.fork() == 0:
        try:
            _keep(parent)
        finally:
            os._exit(0)


def _keep(parent: int) -> None:
    """Run workers one after the other; end the last one after the parent."""
    # A terminal's Ctrl-C reaches the whole group; the parent's end is what counts.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while os.getppid() == parent:
        worker = os.fork()
        if worker == 0:
            _work()
        while os.waitpid(worker, os.WNOHANG) == (0, 0):
            if os.getppid() != parent:
                os.kill(worker, signal.SIGTERM)
                os.waitpid(worker, 0)
                return
            time.sleep(LOOK_EVERY)
        time.sleep(PAUSE)


def _work() -> None:
    """Be the worker; never returns."""
    code = 1
    try:
        # Pages come first.
        os.nice(NICENESS)
        connections.close_all()
        call_command("db_worker", only_worker=True, with_parent=True, reload=False, verbosity=0)
        code = 0
    except SystemExit as end:
        code = end.code or 0
    except BaseException as error:  # noqa: BLE001
        sys.stderr.write(f"The worker ended: {error!r}\n")
    finally:
        os._exit(code)
