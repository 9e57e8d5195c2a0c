"""
How gunicorn serves: `gunicorn --config python:config.deploy.server.gunicorn_settings config.wsgi`.

The same for `make run` and behind nginx; an option on the command line goes before what is here.
"""

import os

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
worker_class = "config.deploy.server.buffered_worker.BufferedWorker"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
# While one answer waits for the database or reads a file, others are made.
threads = 4
# Workers share the memory of what is loaded before they begin.
preload_app = True
# A workbook may be read for 40 seconds; the time-out must be longer.
timeout = 90
graceful_timeout = 30
# A worker that never ends would keep whatever memory its largest page took.
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"
# What the server writes is for its own user alone.
umask = 0o077
