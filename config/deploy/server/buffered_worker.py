"""
A worker of gunicorn that receives requests by waitress: whole, before a thread answers them.

gunicorn's own workers read a request in the process or thread that answers it, so that a few
clients who send half a header, or a form byte by byte, stop every answer. Here they hold a
connection each, and nothing else.
"""

import os
import time
from collections.abc import Iterable
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server

# Connections of one worker, below the 1,024 files that a process may have open.
CONNECTIONS = 800
# A connection on which nothing has moved for so long is closed, and one kept alive too.
SILENT_SECONDS = 30
# Larger bodies are refused by their header. Those between the limit of a workbook and this one
# are refused by a page that says why.
BODY_BYTES = 32 * 1024 * 1024


class BufferedWorker(Worker):
    """One process: an event loop that receives and sends, and `--threads` that answer."""

    def run(self) -> None:
        """Serve until told to end, or until a request hangs; then finish what is being answered."""
        self.connections: dict[int, Any] = {}
        server = self.listen()
        while self.alive and self.ppid == os.getppid():
            self.turn()
            if self.hangs():
                self.log.critical("A request hangs: this worker ends")
                self.alive = False
        # The socket is shared with the other workers, who go on listening.
        server.del_channel()
        ends = time.monotonic() + self.cfg.graceful_timeout
        while self.busy() and time.monotonic() < ends:
            self.turn()

    def listen(self) -> Any:
        """Return waitress's server on the socket that gunicorn opened."""
        return create_server(
            self.answer,
            map=self.connections,
            sockets=[listener.sock for listener in self.sockets],
            threads=self.cfg.threads,
            connection_limit=CONNECTIONS,
            channel_timeout=SILENT_SECONDS,
            cleanup_interval=SILENT_SECONDS // 3,
            max_request_body_size=BODY_BYTES,
            # Which proxies are believed is said by TRUSTED_PROXIES and BEHIND_PROXY.
            clear_untrusted_proxy_headers=False,
            ident=None,
        )

    def answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request; the last of --max-requests ends the worker."""
        self.nr += 1
        if self.nr >= self.max_requests:
            self.alive = False
        return self.wsgi(environ, start_response)

    def turn(self) -> None:
        """Receive and send what can be within a second, and tell gunicorn that we are alive."""
        self.notify()
        wasyncore.loop(timeout=1, map=self.connections, use_poll=True, count=1)

    def channels(self) -> list[HTTPChannel]:
        """Return the connections of clients."""
        return [one for one in self.connections.values() if isinstance(one, HTTPChannel)]

    def busy(self) -> bool:
        """Return whether anything is being answered or sent, or has moved within a second."""
        since = time.time() - 1
        return any(
            one.requests or one.total_outbufs_len or one.last_activity > since
            for one in self.channels()
        )

    def hangs(self) -> bool:
        """Return whether nothing has moved for --timeout seconds where an answer is due."""
        since = time.time() - self.cfg.timeout
        return any(one.requests and one.last_activity < since for one in self.channels())
