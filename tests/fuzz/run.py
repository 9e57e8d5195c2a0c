"""
`make fuzz`: 2,000 spoilt workbooks through the reader, the marking and every rule.

    python -m tests.fuzz.run [NUMBER] [SEED] [SECONDS]

Prints the seed and, for each way of spoiling, how many files read clean, how many were read with
findings, how many were refused with one, and how many broke anything: that must be none.
"""

import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from foundation.children.child import ChildFailed
from submissions.workbook.protocol import reading
from submissions.workbook.sandbox import code_of, run
from tests.fuzz.mutants import mutants

CHILD = Path(__file__).with_name("child.py")
NUMBER, SEED, SECONDS = 2_000, 311, 600

# So many files are read by one child, which may use 30 seconds.
BATCH = 50
OUTCOMES = ("clean", "findings", "refused", "broken")


@dataclass
class Tally:
    """What became of the files: way of spoiling -> outcome -> number; the errors in full."""

    ways: dict[str, Counter] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def note(self, way: str, outcome: str) -> None:
        """Count a file."""
        self.ways.setdefault(way, Counter())[outcome] += 1

    def total(self, outcome: str) -> int:
        """Return how many files came to such an end."""
        return sum(counts[outcome] for counts in self.ways.values())


def fuzz(look, *, number: int, seed: int, seconds: float = SECONDS) -> Tally:
    """
    Return what became of so many spoilt files, or of those that there was time for.

    `look` is what else is done with a reading that has arrived: the rules.
    """
    tally = Tally()
    until = time.monotonic() + seconds
    files = mutants(seed, number)
    while (batch := list(islice(files, BATCH))) and time.monotonic() < until:
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            for at, (way, content) in enumerate(batch):
                (Path(folder) / f"{at:02} {way}").write_bytes(content)
            _take(tally, batch, _said(folder), look)
    return tally


def _said(folder: str) -> dict[str, dict]:
    """Return file name -> what the child said of it; the file it died of is not among them."""
    try:
        output = run(CHILD, folder, seconds=60)
    except ChildFailed as death:
        output = b""
        print(f"the child died: {code_of(death)}")
    return dict(json.loads(line) for line in output.decode().splitlines())


def _take(tally: Tally, batch: list, said: dict[str, dict], look) -> None:
    """Count the files of one batch."""
    for at, (way, _content) in enumerate(batch):
        found = said.get(f"{at:02} {way}", {"error": "the child died"})
        outcome = "broken"
        if "error" in found:
            tally.errors.append(f"{way}: {found['error']}")
        else:
            try:
                outcome = _outcome(found["sent"], look)
            except Exception as error:
                tally.errors.append(f"{way}: {error!r}")
        tally.note(way, outcome)


def _outcome(sent: str, look) -> str:
    """Return what became of a file that was read."""
    found = reading(sent.encode())
    raised = look(found)
    if not found.tables:
        assert found.faults, "neither figures nor a word"
        return "refused"
    asked = [violation for violation in raised if not violation.trial]
    return "findings" if asked or found.faults else "clean"


def main(number: int = NUMBER, seed: int = SEED, seconds: int = SECONDS) -> int:
    """Print the table; return 0 if nothing broke and there was time for all."""
    import django

    django.setup()
    from tests.fuzz.rules import raised

    began = time.monotonic()
    tally = fuzz(raised, number=number, seed=seed, seconds=seconds)
    print(f"\nseed {seed}, {time.monotonic() - began:.0f} s")
    print(f"{'':<16}" + "".join(f"{outcome:>10}" for outcome in OUTCOMES))
    for way, counts in sorted(tally.ways.items()):
        print(f"{way:<16}" + "".join(f"{counts[outcome]:>10,}" for outcome in OUTCOMES))
    print(f"{'all':<16}" + "".join(f"{tally.total(outcome):>10,}" for outcome in OUTCOMES))
    for error in tally.errors[:20]:
        print(error)
    done = sum(tally.total(outcome) for outcome in OUTCOMES)
    if done < number:
        print(f"There was time for {done:,} of {number:,} only.")
    return 1 if tally.errors or done < number else 0


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.exit(main(*map(int, sys.argv[1:])))
