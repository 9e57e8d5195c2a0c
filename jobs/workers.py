"""A worker's signs of life, and whether there is a worker at all."""

import logging
import os
import signal
import socket
import threading
import time
from datetime import timedelta

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from jobs.models import Worker
from jobs.reaping import prune, reap, return_broken_off

log = logging.getLogger(__name__)

# Seconds between two signs of life, two reaps, two prunings.
BEAT_EVERY = 15
REAP_EVERY = 60
PRUNE_EVERY = 3600
# Without a sign of life for longer there is no worker.
SEEN_WITHIN = timedelta(seconds=4 * BEAT_EVERY)


def there_is_a_worker() -> bool:
    """Return whether a worker has given a sign of life lately. One query."""
    return Worker.objects.filter(seen_at__gte=timezone.now() - SEEN_WITHIN).exists()


class SignsOfLife(threading.Thread):
    """
    Beside the work of a worker: says that it lives, returns lost jobs, deletes old ones.

    A daemon: it ends with its process. If the database is away it tries again at the next beat.
    """

    def __init__(self, name: str, *, parent: int | None = None) -> None:
        """
        Take the worker's name.

        parent  the process without which this one is to end
        """
        super().__init__(daemon=True, name="signs of life")
        self.worker = name
        self.parent = parent
        self.started = timezone.now()

    def run(self) -> None:
        """Beat until the process ends."""
        beat = reaped = pruned = float("-inf")
        while True:
            if self.parent and os.getppid() != self.parent:
                os.kill(os.getpid(), signal.SIGTERM)
                return
            now = time.monotonic()
            try:
                close_old_connections()
                return_broken_off()
                if now - beat >= BEAT_EVERY:
                    beat = now
                    self.sign()
                if now - reaped >= REAP_EVERY:
                    reaped = now
                    reap()
                if now - pruned >= PRUNE_EVERY:
                    pruned = now
                    prune()
            except Error as error:
                log.warning("No sign of life could be given: %s", error)
                connection.close()
            except Exception:
                # A worker without signs of life would return no lost job for as long as it runs.
                log.exception("A sign of life, a reap or a pruning broke off")
            time.sleep(1)

    def sign(self) -> None:
        """Store that this worker lives."""
        Worker.objects.update_or_create(
            name=self.worker,
            defaults={"seen_at": timezone.now()},
            create_defaults={
                "host": socket.gethostname(),
                "started_at": self.started,
                "seen_at": timezone.now(),
            },
        )
