"""
Program of a worker of the rig: ours, with shorter times.

    python -m tests.hosts.worker

A worker is lost after 6 s instead of 100: the workbooks of the rig are read within 2.
"""

from datetime import timedelta

import django

LOST_AFTER = timedelta(seconds=6)


def main() -> None:
    """Be a worker."""
    django.setup()
    from django.core.management import call_command

    from jobs import reaping, workers
    from jobs.management.commands import db_worker

    reaping.reap.__kwdefaults__["lost_after"] = db_worker.LOST_AFTER = LOST_AFTER
    reaping.UNQUEUED_AFTER = LOST_AFTER
    workers.REAP_EVERY = 1
    call_command("db_worker", queue_name="*", verbosity=0)


if __name__ == "__main__":
    main()
