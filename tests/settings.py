"""The real settings, with what a fresh clone lacks and what makes tests quick."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SECRET_KEY", "only for tests")
if "DATA_DIR" not in os.environ:
    # The processes that this one starts find it in their environment.
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="tracker-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from config.settings import *  # noqa: E402, F403

# House tests read English, the language of the source; Chinese has tests of its own.
LANGUAGE_CODE = "en"
SIGN_IN_PAUSE_SECONDS = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True

# No worker runs beside the tests: what a page hands over is done before it answers. What only a
# real queue can break is tested with one (tests/jobs).
if "WITH_QUEUE" not in os.environ:
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file and not memory: threads and killed processes must meet the locks of a real database.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "tests.sqlite3")}  # noqa: F405
