"""
Lines per second of our whole intake beside a stock import, and what a large file costs.

Measured is from the file's bytes to the end of the act, in this process and the child; no page
is drawn and no request made, for either. See contenders.py for what each does: ours asks every
rule beside two earlier quarters and stages, the stock import asks none and writes its table.

What is asked for is asked of PostgreSQL. On SQLite, which answers in this very process, the stock
import is twice as fast as there, and ours is not.
"""

import gc
import sys
import time
from statistics import median
from unittest.mock import patch

import django

LINES = 5_000
LARGE = 100_000
LIMIT = 20_000
ROUNDS = 3
TURNS = 2

# What the issue asks for.
TIMES_STOCK = 30
TIMES_PER_LINE = 1.3


def seconds(act, *arguments):
    """Return how long an act took, and what it gave."""
    # What earlier rounds left behind must not be collected at this one's cost.
    gc.collect()
    began = time.perf_counter()
    gave = act(*arguments)
    return time.perf_counter() - began, gave


def side_by_side(bureau, *, floor: bool) -> dict[str, float]:
    """Return seconds by contender: the median of rounds in which each has its turn."""
    times: dict[str, list[float]] = {}

    def turn(name, act, *arguments):
        took, gave = seconds(act, *arguments)
        times.setdefault(name, []).append(took)
        return gave

    def our_turn(number):
        content = workbook(bureau.rows(LINES, turn=number))
        submission = turn("ours", contenders.ours, content, bureau)
        assert (submission.lines, submission.rows.count()) == (LINES, LINES)

    for number in range(ROUNDS):
        rows = bureau.rows(LINES, turn=number)
        content = workbook(rows)
        # Three short turns of ours among the long ones: half a second is soon disturbed.
        our_turn(3 * number)
        assert turn("stock", contenders.stock, content, bureau) == LINES
        contenders.forget_stock(bureau)
        our_turn(3 * number + 1)
        assert turn("once", contenders.stock_import_alone, content, bureau) == LINES
        contenders.forget_stock(bureau)
        our_turn(3 * number + 2)
        assert turn("openpyxl", contenders.openpyxl_alone, content) == LINES
        if floor:
            ready = contenders.ready_csv(rows)
            assert turn("floor", contenders.copy_upsert, ready, bureau) == LINES
            contenders.forget_stock(bureau)
    return {name: median(taken) for name, taken in times.items()}


LABELS = {
    "ours": "our whole intake: stored, read, checked, staged",
    "stock": "stock ModelResource: trial, then import",
    "once": "  its import alone",
    "openpyxl": "openpyxl read-only: reading alone",
    "floor": "floor: COPY-upsert of ready csv",
}


def print_side_by_side(database: str, times: dict[str, float]) -> None:
    """Print the table of all contenders, and whether what was asked for was reached."""
    print(f"\n{database}: {LINES:,} lines of 10 columns, median of {ROUNDS} interleaved rounds")
    print(f"{'':<50}{'seconds':>9}{'lines/s':>10}{'× stock':>9}")
    for name, taken in times.items():
        times_stock = times["stock"] / taken
        print(f"{LABELS[name]:<50}{taken:>9.2f}{LINES / taken:>10,.0f}{times_stock:>9.1f}")
    if "floor" in times:
        reached("our intake × stock", times["stock"] / times["ours"], at_least=TIMES_STOCK)
        print(f"our intake, share of the floor: {times['floor'] / times['ours']:.3f}")


def reached(what: str, figure: float, *, at_least: float = 0, at_most: float = 0) -> None:
    """Print a figure beside what was asked for."""
    asked = f"at least {at_least:g}" if at_least else f"at most {at_most:g}"
    enough = figure >= at_least if at_least else figure <= at_most
    print(f"{what}: {figure:.2f} ({asked}: {'reached' if enough else 'NOT reached'})")


def memory(bureau) -> None:
    """Print what the reading child holds at most."""
    for lines in (LINES, LIMIT):
        bureau.grow_to(lines)
        took, submission = seconds(contenders.ours, workbook(bureau.rows(lines)), bureau)
        with originals.as_file(submission) as path:
            peak = read_sandboxed(path).peak_kb / 1024
        print(f"{lines:,} lines: {took:.2f} s, reading child at most {peak:.0f} MiB")


def large(bureau) -> None:
    """
    Print what a line of a very large file costs, beside one of an ordinary file.

    The least of a few turns counts, for whatever else the machine does can only add to it.
    """
    other = Bureau("370200")
    other.grow_to(LARGE)
    times: dict[int, list[float]] = {LINES: [], LARGE: []}
    with roomy.lifted(), patch.object(receiving, "read_sandboxed", roomy.read):
        for turn in range(TURNS):
            for each, lines in ((bureau, LINES), (other, LARGE), (bureau, LINES)):
                content = workbook(each.rows(lines, turn=3 * ROUNDS + turn))
                took, submission = seconds(contenders.ours, content, each)
                assert submission.lines == lines
                times[lines].append(took)
    least = {lines: min(taken) for lines, taken in times.items()}
    for lines, took in least.items():
        print(f"{lines:,} lines, limits lifted: {took:.2f} s, {lines / took:,.0f} lines/s")
    ratio = least[LARGE] / LARGE / (least[LINES] / LINES)
    reached(f"a line of {LARGE:,} beside one of {LINES:,}", ratio, at_most=TIMES_PER_LINE)


def main(database: str) -> None:
    """Print the figures of one database."""
    call_command("migrate", verbosity=0)
    real = connection.vendor == "postgresql"
    bureau = Bureau()
    bureau.grow_to(LINES)
    print_side_by_side(database, side_by_side(bureau, floor=real))
    memory(Bureau("370300"))
    if real:
        large(bureau)


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from submissions.intake import originals, receiving
    from submissions.workbook.sandbox import read_sandboxed
    from tests.benchmarks import contenders, roomy
    from tests.benchmarks.bureau import Bureau, workbook

    main(sys.argv[1])
