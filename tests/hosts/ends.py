"""The ways in which something comes to a sudden end, and the work that is always under way."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable

from django.db import connections

from tests.hosts.browser import PATIENCE
from tests.hosts.processes import descendants, kill
from tests.hosts.rig import Rig
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness.production import wait_for

# Lines of the workbooks that are always being read, so that there is a child to be killed.
BUSY_LINES = 3_000
# After how many seconds of an act the end comes at the latest.
WITHIN = 0.25


class Traffic(threading.Thread):
    """A bureau that only checks large files, one after the other: a child is always at work."""

    def __init__(self, hosts: Rig) -> None:
        """Sign in."""
        super().__init__()
        firms = [forge.enterprise(n) for n in range(1, BUSY_LINES + 1)]
        self.content = forge.workbook(enterprises=firms)
        self.browser = hosts.browser("heze")
        self.over = threading.Event()

    def run(self) -> None:
        """Hand in until told to end."""
        while not self.over.is_set():
            answer = self.browser.upload("/submissions/check/", self.content, period="2025Q3")
            while answer.location and not self.over.wait(0.5):
                page = self.browser.get(answer.location)
                if page.status == 200 and 'http-equiv="refresh"' not in page.text:
                    break


class Ends:
    """The ways in which something comes to a sudden end; counts them."""

    def __init__(self, hosts: Rig, chance: random.Random) -> None:
        """Take what is to be killed."""
        self.hosts, self.chance = hosts, chance
        self.counts: Counter[str] = Counter()
        self.after: Counter[str] = Counter()
        self.restarted_at = 0.0

    def web(self) -> None:
        """Kill a web host, or one of its processes."""
        web = self.chance.choice(self.hosts.webs)
        if self.chance.random() < 0.5:
            web.kill()
        else:
            kill(self.chance.choice([web.process.pid, *descendants(web.process.pid)]))

    def worker(self) -> None:
        """Kill a worker with its child."""
        self.chance.choice(self.hosts.workers).kill()

    def child(self) -> None:
        """Kill a child that reads a workbook."""
        wait_for(self.hosts.children, 20)
        kill(*self.hosts.children())

    def database(self) -> None:
        """Stop PostgreSQL in the middle of everything, and start it."""
        self.hosts.restart_database()
        self.restarted_at = time.monotonic()

    def during(self, act: Callable[[], None], kind: str) -> None:
        """Do an act and let an end come meanwhile."""
        wait_for(self.hosts.is_up)
        if kind == "database":
            # Not again while somebody still looks at the error page of the last time.
            time.sleep(max(0.0, self.restarted_at + PATIENCE + 1 - time.monotonic()))
        failed = []

        def do() -> None:
            try:
                act()
            except Exception as error:  # noqa: BLE001
                failed.append(error)
            finally:
                connections.close_all()

        doing = threading.Thread(target=do)
        doing.start()
        time.sleep(self.chance.uniform(0, WITHIN))
        getattr(self, kind)()
        self.counts[kind] += 1
        self.after[act.__name__] += 1
        doing.join()
        if failed:
            raise failed[0]
