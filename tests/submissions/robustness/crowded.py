"""
Run in a process of its own: hands a file in with a disk that is really full.

    python -m tests.submissions.robustness.crowded DATABASE ORIGINALS BYTES SESSION FILE

No file of this process may grow past BYTES: writing on fails as on a full disk. Prints the status
of the answer and its text.
"""

import os
import resource
import sys
from pathlib import Path

import django
from django.conf import settings


def main(database, originals, most, session, path):
    """Hand the file in as whoever the session is of."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    settings.DATABASES["default"]["NAME"] = database
    settings.ORIGINALS_DIR = Path(originals)
    settings.ALLOWED_HOSTS = ["testserver"]
    django.setup()
    from django.test import Client

    from tests.submissions.fault_catalogue.faults import sent

    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    content = Path(path).read_bytes()
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
    answer = client.post("/submissions/new/", {"file": sent(content), "period": "2025Q3"})
    print(answer.status_code)
    print(answer.content.decode())


if __name__ == "__main__":
    main(*sys.argv[1:])
