#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError

if __name__ == "__main__":
    # Database, originals and keys are for the user who runs this alone.
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if "--traceback" in sys.argv:
            raise
        # No server, a wrong password, no such database: an operator needs the line, not our code.
        sys.exit(f"The database of DATABASE_URL does not answer:\n{error}")
