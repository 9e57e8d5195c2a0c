"""The entry point of the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# Loads every address and view now, in the process that workers are forked from. Otherwise each
# worker loads them with its first request, which then takes 0.7 s longer.
reverse("healthz")

# What is loaded now stays: looking through it again and again for what has become garbage would
# take a fifth of the time in which a snapshot is read.
gc.collect()
gc.freeze()
# A new snapshot is a hundred thousand things that stay as well, and looking through those each
# time the young have been looked through ten times adds 100 ms to the first page after it.
gc.set_threshold(700, 10, 100)
