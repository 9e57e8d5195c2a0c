"""
The demonstration's 208 workbooks as one archive of shuffled names, into a database without any.

    python -m tests.submissions.backfill.whole_history [--postgres]

The command is killed twice on the way. Second versions are decided, findings answered and quarters
accepted city by city; then every figure and verdict is compared with load_demo's. Takes ten
minutes or more, and prints how long each step took.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).parents[3]
KILLED_AFTER = (25, 15)
RUN = ("submit_returns", "history.zip", "--by", "admin", "--published-at", "2026-02-20T09:00")
EXPECTED = [["370700", "2024Q4"], ["371700", "2024Q2"]]


# ---- what runs with a database -----------------------------------------------------------


def prepare() -> None:
    """Set up the database with register and accounts, and write the archive."""
    from django.core.management import call_command

    from config.management.commands.load_demo import Command
    from tests.submissions.backfill import history

    call_command("setup", static=False)
    Command().prepare()
    content, named = history.archive(history.versions())
    Path("history.zip").write_bytes(content)
    of = {name: [one.city, str(one.quarter), one.number] for name, one in named.items()}
    Path("named.json").write_text(json.dumps(of))


def step(name: str) -> object:
    """Do a person's step, and return what it came to."""
    from types import SimpleNamespace

    from django.contrib.auth import get_user_model

    from submissions.models import Batch
    from tests.submissions.backfill import history

    user = get_user_model().objects.get
    batch = Batch.objects.get()
    if name == "decide":
        told = json.loads(Path("named.json").read_text())
        named = {file: SimpleNamespace(number=of[2]) for file, of in told.items()}
        return history.decide(batch, named, by=user(username="admin"))
    if name == "answer":
        return history.answer(batch, by=user(username="admin"))
    return history.accept(batch, by=user(username="reviewer"))


def figures() -> dict:
    """Return every figure and verdict in force."""
    from submissions.demonstration import story
    from tests.submissions.backfill import history

    return history.figures() | history.verdicts(story.quarters())


# ---- the run -----------------------------------------------------------------------------


class Place:
    """A database of its own, and the programs that run with it."""

    def __init__(self, folder: Path, url: str) -> None:
        """Take the folder, and the database's address; "" for SQLite in the folder."""
        self.folder = folder
        self.environment = os.environ | {
            "DATA_DIR": str(folder),
            "SECRET_KEY": "only for this run",
            "PYTHONPATH": str(ROOT),
            "DEMO_PASSWORD": "demo-pass-311",
        }
        self.environment.pop("DATABASE_URL", None)
        if url:
            self.environment["DATABASE_URL"] = url

    def ours(self, name: str) -> object:
        """Return what a step of this program prints."""
        program = [sys.executable, "-m", "tests.submissions.backfill.whole_history", name]
        done = subprocess.run(
            program, env=self.environment, cwd=self.folder, check=True, capture_output=True
        )
        return json.loads(done.stdout.splitlines()[-1])

    def start(self, *arguments: str) -> subprocess.Popen:
        """Start a command of manage.py, in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=self.environment,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def run(self, *arguments: str, ends: bool = False) -> dict:
        """
        Run a command to its end; return the object on its last line, {} without one.

        ends: it may say in the end that there is something left for a person.
        """
        process = self.start(*arguments)
        output = process.communicate()[0].decode()
        if process.returncode and not (ends and '{"files"' in output):
            raise RuntimeError(output[-2000:])
        objects = [line for line in output.splitlines() if line.startswith("{")]
        return json.loads(objects[-1]) if objects else {}

    def run_and_kill(self, seconds: float, *arguments: str) -> bool:
        """Run a command and kill it after so many seconds; return whether it was under way."""
        process = self.start(*arguments)
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return True
        return False


@contextmanager
def timed(words: str) -> Iterator[None]:
    """Print how long a step took."""
    began = time.monotonic()
    yield
    print(f"{words}: {time.monotonic() - began:.0f} s", flush=True)


def main(url_of) -> int:
    """Do it all; return 0 if every figure is the same."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        demonstration, place = Place(Path(one), url_of("demo")), Place(Path(other), url_of("batch"))
        with timed("load_demo"):
            demonstration.run("load_demo", "--demo")
            right = demonstration.ours("figures")
        with timed("register and accounts"):
            place.ours("prepare")
        for seconds in KILLED_AFTER:
            killed = place.run_and_kill(seconds, *RUN)
            print(f"killed after {seconds} s: {killed}", flush=True)
        with timed("the rest of the first run"):
            print(place.run(*RUN, "--json", ends=True))
        asked = place.ours("decide")
        print("put to a person:", asked)
        with timed("second versions"):
            place.run(*RUN, "--json", ends=True)
        print("findings answered:", place.ours("answer"))
        with timed("submitting what was answered"):
            came = place.run(*RUN, "--json")
        print(came)
        with timed("acceptance, city by city"):
            refused = place.ours("accept")
        print("refused:", refused)
        found = place.ours("figures")
        different = sorted(k for k in right.keys() | found.keys() if right.get(k) != found.get(k))
        print(f"{len(right)} figures and verdicts, {len(different)} different")
        for key in different[:10]:
            print(f"  {key}: {right.get(key)} | {found.get(key)}")
        return int(bool(different or refused or asked != EXPECTED))


def databases(address: str):
    """Return a function: the address of a new database of a server, by its name."""
    import psycopg

    def made(name: str) -> str:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))

    return made


def within_django(name: str) -> None:
    """Do one step of this program, and print what it came to."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    steps = {"prepare": prepare, "figures": figures}
    came = steps[name]() if name in steps else step(name)
    print(json.dumps(came))


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    if wanted and wanted != "--postgres":
        within_django(wanted)
        sys.exit()
    sys.path.insert(0, str(ROOT))
    from tests.throwaway_postgres import postgres

    with postgres() if wanted else nullcontext("") as given:
        sys.exit(main(databases(given) if given else lambda name: ""))
