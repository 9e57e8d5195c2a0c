"""Two walks are equal or it is said what differs; tests ask the walk by number and by name."""

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from tests.walker.asking import called, claims, showing, shows
from tests.walker.comparing import compared
from tests.walker.snapshots import written
from tests.walker.values import ShownValue, Surface
from tests.walker.walking import reading_of

ROOT = Path(__file__).resolve().parents[2]
TABLE = (
    "<main><h1>Parks</h1><table><tr><th>Park</th><th>Output value (万元)</th></tr>"
    "<tr><th>Qingdao</th><td>5,000.25</td></tr><tr><th>Zaozhuang</th><td>7.50</td></tr></table>"
    "<p>60.1% of the way</p></main>"
)
OFFICIAL, ADMIN = (Surface(role, "en", "/parks/?period=2025Q4") for role in ("official", "admin"))


def walked(page=TABLE, *more):
    return [(OFFICIAL, reading_of("html", page.encode())), *more]


def test_the_same_twice_differs_in_nothing():
    assert compared(written(walked()), written(walked())) == []


@pytest.mark.parametrize(
    ("was", "now", "gone", "come"),
    [
        ("7.50", "7.51", "| 7.50 | 万元", "| 7.51 | 万元"),
        ("万元", "亿元", "| 7.50 | 万元", "| 7.50 | 亿元"),
        ("<tr><th>Zaozhuang</th><td>7.50</td></tr>", "", "Zaozhuang", None),
        ("60.1%", "60.2%", "| 60.1 | %", "| 60.2 | %"),
        ("of the way", "due by now", "%(share)s of the way", "%(share)s due by now"),
        ("Output value", "Revenue", "Output value", "Revenue"),
    ],
)
def test_a_changed_digit_unit_row_or_label_is_found(was, now, gone, come):
    [found] = compared(written(walked()), written(walked(TABLE.replace(was, now))))

    assert found.surfaces == ("/parks/?period=2025Q4 [en] official",)
    assert any(gone in line for line in found.gone)
    assert any(come in line for line in found.come) if come else not found.come


def test_a_row_that_stands_twice_is_two():
    row = "<tr><th>Zaozhuang</th><td>7.50</td></tr>"
    [found] = compared(written(walked()), written(walked(TABLE.replace(row, row * 2))))

    assert found.come
    assert not found.gone


def test_other_bytes_and_another_order_of_rows_differ_in_nothing():
    one, two = (
        "<tr><th>Qingdao</th><td>5,000.25</td></tr>",
        "<tr><th>Zaozhuang</th><td>7.50</td></tr>",
    )
    other = TABLE.replace(one + two, f"{two}\n  {one}").replace("<p>", "<p class='small'>")

    assert other != TABLE
    assert compared(written(walked()), written(walked(other))) == []


def test_a_surface_that_is_gone_or_new_or_fails_is_told():
    alone, both = (
        written(walked()),
        written(walked(TABLE, (ADMIN, reading_of("html", b"<p>1</p>")))),
    )
    failed = [(OFFICIAL, reading_of("html", TABLE.encode(), status=500))]

    assert [one.note for one in compared(both, alone)] == ["is gone"]
    assert [one.note for one in compared(alone, both)] == ["is new"]
    assert compared(alone, written(failed))[0].come == ("= 500 html",)


def test_readers_who_see_the_same_share_a_block():
    text = written(walked(TABLE, (ADMIN, reading_of("html", TABLE.encode()))))

    assert text.count("# ") == 1
    assert "# /parks/?period=2025Q4 [en] admin official" in text


def test_the_command_says_what_differs_and_with_which_status(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text(written(walked()), "utf-8")
    new.write_text(written(walked(TABLE.replace("60.1", "60.2"))), "utf-8")
    bare = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}

    def run(*files):
        command = [sys.executable, "-m", "tests.walker", "compare", *map(str, files)]
        return subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True)

    assert run(old, old).returncode == 0
    differs = run(old, new)
    assert differs.returncode == 1
    assert "| %(share)s of the way | share | 60.2 | %" in differs.stdout


@pytest.mark.parametrize(
    ("written", "unit", "is_shown"),
    [
        ("60.1", "%", True),
        ("60.12", "%", True),
        ("60", "", True),
        ("0.601", "", True),
        ("0.60123", "", True),
        ("60.13", "%", False),
        ("0.602", "", False),
        ("6.0", "%", False),
    ],
)
def test_a_fraction_is_found_as_percent_and_as_fraction(written, unit, is_shown):
    value = ShownValue("table", "Share", (), Decimal(written), unit)

    assert shows(value, Decimal("0.60123")) is is_shown


def test_a_walk_is_asked_by_number_by_name_and_by_claim():
    read = walked()

    assert [str(v.number) for _s, v in showing(read, Decimal("0.6012"))] == ["60.1"]
    assert [str(v.number) for _s, v in showing(read, Decimal("5000.25"), kinds=["wan"])] == [
        "5000.25"
    ]
    assert not list(showing(read, Decimal("5000.25"), kinds=["yi"]))
    assert {str(v.number) for _s, v in called(read, "Zaozhuang") if v.number} == {"7.50"}
    assert claims(read)["%(share)s of the way", "share", "percent"] == {Decimal("60.1"): [OFFICIAL]}
