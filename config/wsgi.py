"""The entry point of the web server."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# Loads every address, view and template now, in the process that workers are forked from. Otherwise
# each worker loads them with its first requests, which then take a second longer.
reverse("healthz")
FOLDER = settings.BASE_DIR / "templates"
for path in FOLDER.rglob("*.html"):
    get_template(str(path.relative_to(FOLDER)))

# What is loaded now stays: looking through it again and again for what has become garbage would
# take a fifth of the time in which a snapshot is read.
gc.collect()
gc.freeze()
# A new snapshot is a hundred thousand things that stay as well, and looking through those each
# time the young have been looked through ten times adds 100 ms to the first page after it.
gc.set_threshold(700, 10, 100)
