"""
The last day of a quarter: every bureau uploads at once while officials read.

Viewers ask for a page, read it for some seconds, and ask for the next. What 95 of 100 of their
answers stay below is measured while nobody uploads and while everybody does, in turns of one run.
On PostgreSQL the site is as it is deployed, behind nginx with our site file and TLS, and everybody
has an address of their own; on SQLite the server stands alone, as `make run` has it.
The load maker's own CPU stands beside it: on two cores the scheduler is measured too.
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.request import Request

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from config.deploy.worker_beside import NICENESS
from tests.benchmarks.large_province import PASSWORD
from tests.benchmarks.web import TOKEN, Reader, Server, serving
from tests.config.deploy.server.nginx import nginx

LINES = 2_000
# database: bureaus, viewers, web workers, task workers
SIZES = {"PostgreSQL": (16, 50, 4, 2), "SQLite": (4, 10, 2, 1)}
QUIET_SECONDS = 20
BEHIND_NGINX = {"TLS": "on", "BEHIND_PROXY": "on", "TRUSTED_PROXIES": "127.0.0.1"}
# How long a viewer reads a page, in seconds.
READS = (1.0, 3.0)
PERIOD = "2025Q4"
PAGES = ["/", "/clusters/", "/cities/", "/cities/jinan/", "/indicators/cluster-output-share/"]
MOST_TIMES_QUIET = 2.0
UNDER_WAY = re.compile(r'data-job="[^"]*" data-state="(waiting|running)"').search
TURNS = ("first", "second")


@dataclass
class Seen:
    """What viewers saw in one phase: seconds of each answer, and how many were errors."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0

    @property
    def p95(self) -> float:
        """What 95 of 100 answers stayed below."""
        return quantiles(self.seconds, n=20)[-1]


class Viewers:
    """Officials who read one page after another until they are told to end."""

    def __init__(self, base: str, number: int) -> None:
        """Sign them in."""
        self.seen = Seen()
        self.ends = threading.Event()
        readers = [
            Reader(base, f"127.0.20.{n}").sign_in("official", PASSWORD)
            for n in range(1, number + 1)
        ]
        self.threads = [threading.Thread(target=self.read, args=(one,)) for one in readers]
        for thread in self.threads:
            thread.start()

    def read(self, reader: Reader) -> None:
        """Read pages, and note how long each took."""
        while not self.ends.wait(random.uniform(*READS)):
            began = time.monotonic()
            try:
                reader.get(random.choice(PAGES))
            except OSError:
                self.seen.errors += 1
            self.seen.seconds.append(time.monotonic() - began)

    def phase(self) -> Seen:
        """Return what was seen since the last time."""
        seen, self.seen = self.seen, Seen()
        return seen

    def end(self) -> None:
        """Let them go."""
        self.ends.set()
        for thread in self.threads:
            thread.join()


def upload(reader: Reader, path: Path, found: list[float], began: float) -> None:
    """Send a workbook, and wait for its findings as its page does; note when they were there."""
    page = reader.get("/submissions/new/")
    file = SimpleUploadedFile(path.name, path.read_bytes())
    fields = {"csrfmiddlewaretoken": TOKEN.search(page)[1], "period": PERIOD, "file": file}
    form = Request(
        f"{reader.base}/submissions/new/",
        encode_multipart(BOUNDARY, fields),
        {"Content-Type": MULTIPART_CONTENT},
    )
    with reader.opener.open(form, timeout=120) as answer:
        address = answer.geturl()
    assert re.search(r"/submissions/\d+/$", address), address
    path_of = address.removeprefix(reader.base)
    # As static/js/job_progress.js asks: at first soon, then ever more rarely.
    pause = 1.0
    while re.search(
        r'data-job="[^"]*" data-state="(waiting|running)"', reader.get(f"{path_of}progress/")
    ):
        time.sleep(pause)
        pause = min(pause * 1.25, 4)
    found.append(time.monotonic() - began)


def rush(folder: Path, readers: dict[str, Reader]) -> tuple[list[float], int]:
    """Let every bureau upload at once; return when findings were there, and how many failed."""
    found: list[float] = []
    began = time.monotonic()
    threads = [
        threading.Thread(target=upload, args=(reader, folder / f"{name}.xlsx", found, began))
        for name, reader in readers.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found), len(readers) - len(found)


@contextmanager
def task_workers(number: int, environment: dict[str, str]) -> Iterator[list[subprocess.Popen]]:
    """Start workers, with the pages going first; end them."""
    command = [sys.executable, "manage.py", "db_worker", "--no-startup-delay"]
    started = [
        subprocess.Popen(["nice", "-n", str(NICENESS), *command], env=os.environ | environment)
        for _ in range(number)
    ]
    try:
        yield started
    finally:
        for worker in started:
            worker.terminate()
        for worker in started:
            worker.wait(timeout=60)


def memory_mib(pids: list[int]) -> float:
    """Return the most that these processes and their children have held, summed up, in MiB."""
    total = 0
    for pid in pids:
        status = Path(f"/proc/{pid}/status").read_text()
        total += int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        total += int(memory_mib([int(child) for child in children]) * 1024)
    return total / 1024


def measure(database: str, folder: Path) -> int:
    """Fill the database, let the day come twice, and print it; return 1 if it was not reached."""
    cities, viewers, web, workers = SIZES[database]
    environment = {"WEB_CONCURRENCY": str(web)}
    is_deployed = database == "PostgreSQL"
    if is_deployed:
        environment |= BEHIND_NGINX
        run("tests.benchmarks.large_province", str(16 * LINES))
    said = run("tests.benchmarks.rush_province", str(folder), str(cities), str(LINES), *TURNS)
    names = json.loads(said)
    with ExitStack() as stack:
        server: Server = stack.enter_context(serving(environment, web))
        base = server.base
        if is_deployed:
            site = stack.enter_context(nginx(folder / "nginx", server.port))
            base = f"https://127.0.0.1:{site.port}"
        started = stack.enter_context(task_workers(workers, environment))
        people = Viewers(base, viewers)
        stack.callback(people.end)
        phases = turns(people, base, folder, names)
        held = memory_mib([server.process.pid, *(one.pid for one in started)])
    return report(database, phases, held)


def turns(people: Viewers, base: str, folder: Path, names: list[str]) -> list[tuple]:
    """Return (quiet, rushed, when findings were there, how many failed) of two turns."""
    bureaus = {
        name: Reader(base, f"127.0.21.{n}").sign_in(name, PASSWORD)
        for n, name in enumerate(names, 1)
    }
    time.sleep(5)
    people.phase()
    phases = []
    for turn in TURNS:
        time.sleep(QUIET_SECONDS)
        quiet = people.phase()
        # Another file each time: the same one makes no new version.
        found, failed = rush(folder / turn, bureaus)
        phases.append((quiet, people.phase(), found, failed))
    return phases


def report(database: str, phases: list[tuple], held: float) -> int:
    """Print what was seen; return 1 if it was not reached."""
    wrong = 0
    for quiet, rushed, found, failed in phases:
        times = rushed.p95 / quiet.p95
        errors = quiet.errors + rushed.errors + failed
        wrong |= errors > 0 or times > MOST_TIMES_QUIET
        print(
            f"{database}: {len(found)} workbooks of {LINES} lines: findings after "
            f"{found[0]:.1f} s (first) and {found[-1]:.1f} s (last), {errors} errors; "
            f"viewers {median(quiet.seconds):.3f} → {median(rushed.seconds):.3f} s (median), "
            f"{quiet.p95:.3f} → {rushed.p95:.3f} s (95 of 100): {times:.2f} × quiet "
            f"(≤ {MOST_TIMES_QUIET})"
        )
    cpu = time.process_time()
    print(
        f"{database}: servers and workers held {held:.0f} MiB; the load maker took {cpu:.0f} CPU s"
    )
    return int(wrong)


def run(module: str, *arguments: str) -> str:
    """Run one of our programs to its end; return its last line."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()[-1]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="rush-") as name:
        sys.exit(measure(sys.argv[1], Path(name)))
