"""
Program of a child process: uploads a file with a disk that is really full.

    python -m tests.submissions.robustness.crowded DATABASE BYTES SESSION FILE

No file of this process may grow past BYTES: further writing fails as on a full disk. Prints status
and text of the response.
"""

import os
import resource
import sys
from pathlib import Path

import django
from django.conf import settings


def main(database, most, session, path):
    """Upload the file as the user of the session."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    settings.DATABASES["default"]["NAME"] = database
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
