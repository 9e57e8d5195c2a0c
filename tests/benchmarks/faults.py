"""
How long 500 faults in 2,000 lines take, and how much memory 20,000 clean lines.

The whole way: stored, read in the child, every rule beside a history, staged, marked in its cells.
"""

import sys
import time
from io import BytesIO

import django

MIB = 1024 * 1024
CLEAN = 20_000
SECONDS = 10


def handed_in(content, city, period, user):
    """Take a file in as the upload page does; return the submission."""
    submission = receiving.receive(
        BytesIO(content), city=city, period=period, by=user, filename="bench.xlsx"
    )
    return receiving.read_and_check(submission)


def with_faults(city, period, user):
    """Print how long 500 faults take from the first byte to the marked workbook."""
    content, expected = file_and_faults(city)
    began = time.perf_counter()
    submission = handed_in(content, city, period, user)
    checked = time.perf_counter()
    done = marked_workbook(submission)
    ended = time.perf_counter()
    found = set(submission.findings.values_list("code", "cell"))
    assert found == expected
    assert done.complete
    print(
        f"{submission.lines:,} lines, {len(found)} faults: {ended - began:.1f} s, of which "
        f"{ended - checked:.1f} s for the marked workbook (at most {SECONDS} s)"
    )


def clean(city, period, user):
    """Print how much memory many clean lines take, here and in the child."""
    lines = [forge.enterprise(number) for number in range(10_001, 10_001 + CLEAN)]
    Enterprise.objects.bulk_create(
        Enterprise(credit_code=line["credit_code"], name=line["name"], city=city) for line in lines
    )
    rows = [row | {"this_year": 10**9} for row in forge.city_rows()]
    lines = [line | {"park": None} for line in lines]
    content = forge.workbook(city="淄博市", enterprises=lines, cities=rows)
    del lines
    submission = receiving.receive(
        BytesIO(content), city=city, period=period, by=user, filename="bench.xlsx"
    )
    with originals.as_file(submission) as path:
        peak = read_sandboxed(path).peak_kb / 1024
    before = memory.reset_peak()
    began = time.perf_counter()
    submission = receiving.read_and_check(submission)
    took = time.perf_counter() - began
    grown = memory.peak() - before
    assert submission.lines == CLEAN
    assert not submission.findings.exists()
    print(
        f"{CLEAN:,} clean lines: {took:.1f} s; peak of the reading child {peak:.0f} MiB, "
        f"growth of the web process {grown / MIB:.0f} MiB"
    )


def main(database: str) -> None:
    """Print the figures of one database."""
    call_command("migrate", verbosity=0)
    period, user = make_period(), make_user()
    print(f"\n{database}: faults")
    with_faults(make_city(), period, user)
    clean(make_city("370300"), period, user)


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    from enterprises.models import Enterprise
    from submissions.intake import originals, receiving
    from submissions.intake.marked_workbook import marked_workbook
    from submissions.workbook.sandbox import read_sandboxed
    from tests.factories import make_city, make_period, make_user
    from tests.submissions.fault_catalogue import forge
    from tests.submissions.fault_catalogue.many_faults import file_and_faults
    from tests.submissions.robustness import memory

    main(sys.argv[1])
