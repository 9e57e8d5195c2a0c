"""
How fast the pages are: beside the least a Django page can do, and at a thousand times the data.

The yardstick is a view that returns a constant, past the same middleware. It is asked without a
session, so that it has no query; ours, signed in, has all of its own. wrk, two gunicorns with two
sync workers each and a PostgreSQL take turns on one machine: only the ratios mean anything.
"""

import json
import os
import subprocess
import sys
import time
from statistics import median

from tests.benchmarks.intake import reached
from tests.benchmarks.large_province import PASSWORD
from tests.benchmarks.web import Load, Reader, Server, serving, wrk
from tests.benchmarks.weight import print_weight

SIZES = (100, 100_000)
ROUNDS = 7
SECONDS = 3
WARM_UP_SECONDS = 15

# The most that the overview may cost beside a small province's, and the first answers, in seconds.
TIMES_SMALL, UNTIL_CURRENT = 1.2, 1.0
# The same of a list that counts its rows anew for each answer.
TIMES_SMALL_LIST = 2.0

OVERVIEW = "/"
PAGES = [
    OVERVIEW,
    "/indicators/cluster-output-share/",
    "/indicators/firms-over-100m/",
    "/clusters/",
    "/clusters/jinan/",
    "/cities/",
    "/cities/jinan/",
    "/parks/",
    "/enterprises/",
    "/enterprises/{firm}/",
    "/growth/",
    "/indicators/firms-over-100m/movement/",
]
# What shows no more of a large province than of a small one.
LISTS = [
    "/enterprises/",
    "/growth/",
    "/indicators/firms-over-100m/movement/",
    "/api/v1/enterprises/?limit=50",
]
SILENT, COMPLETE = "15/16", "16/16"


def database(url: str, size: int) -> str:
    """Make a database for a province of this size beside the one of an address; return its own."""
    name = f"province_{size}"
    psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True).execute(
        f"CREATE DATABASE {name}"
    )
    return url.replace("/postgres?", f"/{name}?")


def filled(environment: dict[str, str], size: int) -> dict[str, str]:
    """Fill a database; return what its pages are asked with."""
    said = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.large_province", str(size)],
        env=os.environ | environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return json.loads(said.splitlines()[-1])


# ---- requests a second -----------------------------------------------------------------


def side_by_side(small: Server, large: Server) -> dict[str, list[Load]]:
    """Return what wrk saw by contender, in rounds in which each has its turn."""
    cookies = {one: Reader(one.base).sign_in("official", PASSWORD).cookie for one in (small, large)}
    contenders = {
        "bare": (large.base + "/bare/", ""),
        "signed in, bare": (large.base + "/bare/", cookies[large]),
        f"overview, {SIZES[0]:,}": (small.base + OVERVIEW, cookies[small]),
        f"overview, {SIZES[1]:,}": (large.base + OVERVIEW, cookies[large]),
    }
    for address, cookie in contenders.values():
        # Long enough for the first answer of every process, which takes seconds at 100,000.
        wrk(address, cookie=cookie, seconds=WARM_UP_SECONDS)
    seen: dict[str, list[Load]] = {name: [] for name in contenders}
    for _round in range(ROUNDS):
        for name, (address, cookie) in contenders.items():
            seen[name].append(wrk(address, cookie=cookie, seconds=SECONDS))
    return seen


def ratio(of: list[Load], to: list[Load], what: str) -> float:
    """Return the median of the rounds' ratios."""
    pairs = zip(of, to, strict=True)
    return median(getattr(one, what) / getattr(other, what) for one, other in pairs)


def print_side_by_side(seen: dict[str, list[Load]]) -> None:
    """Print the table of all contenders, and whether what was asked for was reached."""
    print(f"\nPages: wrk, 4 connections, medians of {ROUNDS} interleaved rounds of {SECONDS} s")
    print(f"{'':<34}{'requests/s':>11}{'of bare':>9}{'p95 ms':>9}{'× bare':>8}")
    for name, loads in seen.items():
        rate, p95 = median(one.rate for one in loads), median(one.p95 for one in loads)
        of_bare, times = (ratio(loads, seen["bare"], what) for what in ("rate", "p95"))
        print(f"{name:<34}{rate:>11,.0f}{of_bare:>9.3f}{p95:>9.1f}{times:>8.2f}")
    small, large = (list(seen.values())[n] for n in (2, 3))
    growth = ratio(small, large, "rate")
    reached(f"{SIZES[1]:,} enterprises beside {SIZES[0]:,}", growth, at_most=TIMES_SMALL)


def print_lists(small: Server, large: Server) -> None:
    """Print what a warm page of each list costs at both sizes, and whether that is the same."""
    cookies = {one: Reader(one.base).sign_in("official", PASSWORD).cookie for one in (small, large)}
    print(f"\nLists at {SIZES[1]:,} enterprises beside {SIZES[0]:,}, medians of {ROUNDS} rounds")
    for page in LISTS:
        seen: dict[Server, list[Load]] = {small: [], large: []}
        for number in range(ROUNDS + 1):
            for server, loads in seen.items():
                load = wrk(server.base + page, cookie=cookies[server], seconds=SECONDS)
                # The first round reads the snapshots.
                loads.extend([load] if number else [])
        reached(page, ratio(seen[small], seen[large], "rate"), at_most=TIMES_SMALL_LIST)


# ---- from acceptance to every page ------------------------------------------------------


def took(act, *arguments, **named) -> tuple[float, str]:
    """Return how many seconds an act took, and what it gave."""
    began = time.perf_counter()
    gave = act(*arguments, **named)
    return time.perf_counter() - began, gave


def print_until_current(server: Server, about: dict[str, str]) -> None:
    """
    Accept the silent city's workbook, then ask for every page until both workers have answered.

    A page is current if it says that all cities have reported. Nothing is warmed up meanwhile.
    """
    official, reviewer = (
        Reader(server.base).sign_in(name, PASSWORD) for name in ("official", "reviewer")
    )
    pages = [page.format(**about) for page in PAGES]
    before = {}
    for page in pages * 4:
        before[page], text = took(official.get, page)
        assert SILENT in text, page
    where = f"/submissions/{about['waiting']}/"
    accepting, _page = took(reviewer.post, where, where + "accept/")
    began = time.perf_counter()
    first: dict[str, float] = {}
    for page in pages * 4:
        seconds, text = took(official.get, page)
        assert COMPLETE in text, page
        first[page] = max(seconds, first.get(page, 0))
        if len(first) == len(pages):
            break
    every = time.perf_counter() - began
    print(f"\nAfter an acceptance ({accepting:.2f} s) at {SIZES[1]:,} enterprises")
    print(f"{'':<40}{'before, ms':>11}{'after, ms':>11}")
    for page in pages:
        print(f"{page:<40}{before[page] * 1000:>11.0f}{first[page] * 1000:>11.0f}")
    slowest = max(first.values())
    reached("slowest first answer after it, seconds", slowest, at_most=UNTIL_CURRENT)
    reached("every page has been read anew after, seconds", every, at_most=UNTIL_CURRENT)


def main() -> None:
    """Print the figures."""
    url = os.environ["DATABASE_URL"]
    environments = [
        {"DATABASE_URL": database(url, size), "DJANGO_SETTINGS_MODULE": SETTINGS} for size in SIZES
    ]
    about = [filled(one, size) for one, size in zip(environments, SIZES, strict=True)]
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, check=True)
    with serving(environments[0]) as small, serving(environments[1]) as large:
        print_side_by_side(side_by_side(small, large))
        print_lists(small, large)
        print_weight(large.base, PASSWORD)
        print_until_current(large, about[1])
        for size, server in zip(SIZES, (small, large), strict=True):
            print(f"{size:,} enterprises: a worker held at most {server.peak_mib():.0f} MiB")


SETTINGS = "tests.benchmarks.bare_settings"

if __name__ == "__main__":
    import psycopg

    main()
