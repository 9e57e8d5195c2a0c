"""Real worker processes on the tests' database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.submissions.robustness.production import database_url


@contextmanager
def worker_process(folder: Path, *arguments: str) -> Iterator[subprocess.Popen]:
    """Start a worker that waits for jobs, yield its process, and kill it."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "WITH_QUEUE": "1",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(folder),
    }
    command = [sys.executable, "manage.py", "db_worker", "--no-startup-delay", *arguments]
    process = subprocess.Popen(command, env=os.environ | settings)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
