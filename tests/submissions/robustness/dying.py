"""
Program of a child process: does one act and is killed on the way.

    python -m tests.submissions.robustness.dying DATABASE SENT ACT WHERE PK [USER]

SENT is the file that is received; WHERE is module:name of the function at whose call the process
is killed.
"""

import os
import signal
import sys
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings


def die(*args, **kwargs):
    """Kill this process as the kernel would: no exception, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(database, sent, act, where, pk, user=None):
    """Do the act."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from django.contrib.auth import get_user_model

    from submissions.intake import receiving
    from submissions.models import Submission
    from submissions.review import actions

    module, _, name = where.partition(":")
    owner = import_module(module)
    *path, last = name.split(".")
    for step in path:
        owner = getattr(owner, step)
    setattr(owner, last, die)
    submission = Submission.objects.get(pk=pk)
    if act == "accept":
        actions.accept(submission, by=get_user_model().objects.get(pk=user))
    elif act == "check":
        receiving.read_and_check(submission)
    else:
        with Path(sent).open("rb") as file:
            receiving.receive(
                file,
                city=submission.city,
                period=submission.period,
                by=submission.uploaded_by,
                filename="报表.xlsx",
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
