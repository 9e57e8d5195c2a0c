"""The queue library's worker, which also gives signs of life and returns lost jobs."""

import os
import socket
from datetime import timedelta

from django.utils.translation import gettext as _
from django_tasks_db.management.commands import db_worker

from jobs.reaping import LOST_AFTER, reap
from jobs.workers import SignsOfLife


class Command(db_worker.Command):
    @property
    def help(self):
        """What it does, in the active language."""
        return _("Do the work that pages hand over: read, check, mark. Any number, anywhere.")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        name = f"{socket.gethostname()[:40]}-{os.getpid()}"
        # A user waits for it.
        parser.set_defaults(interval=0.5, worker_id=name)
        words = _("no other worker serves this database: what is running was lost")
        parser.add_argument("--only-worker", action="store_true", help=words)
        words = _("end when the process that started it has ended")
        parser.add_argument("--with-parent", action="store_true", help=words)

    def handle(self, *, only_worker, with_parent, worker_id, **options):
        reap(lost_after=timedelta(0) if only_worker else LOST_AFTER)
        SignsOfLife(worker_id, parent=os.getppid() if with_parent else None).start()
        super().handle(worker_id=worker_id, **options)
