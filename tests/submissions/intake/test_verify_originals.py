import io
import os

import pytest

from submissions.intake import receiving
from submissions.intake.originals import path_of
from submissions.intake.verify_originals import UNDER_WAY_SECONDS, verify_originals
from submissions.models import Submission


@pytest.fixture
def three(city, period, officer):
    """Three versions of a workbook, with their originals."""
    return [
        receiving.receive(
            io.BytesIO(content), city=city, period=period, by=officer, filename="a.xlsx"
        )
        for content in (b"first", b"second", b"third")
    ]


def aged(path):
    """Set the time of a file to hours ago."""
    then = path.stat().st_mtime - 2 * UNDER_WAY_SECONDS
    os.utime(path, (then, then))
    return path


def test_an_unchanged_store_is_intact(three):
    report = verify_originals()

    assert report.is_intact
    assert (report.intact, report.missing, report.changed, report.unowned) == (3, [], [], [])


def test_an_empty_store_is_intact(db):
    assert verify_originals().is_intact


def test_a_missing_and_a_changed_original_are_distinguished(three):
    path_of(three[0]).unlink()
    path_of(three[1]).write_bytes(b"secunda")

    report = verify_originals()
    assert not report.is_intact
    assert (report.intact, report.missing, report.changed) == (1, [three[0]], [three[1]])


def test_a_file_without_a_row_is_named_and_harmless(three, originals):
    Submission.objects.filter(pk=three[2].pk).delete()
    left = aged(path_of(three[2]))
    broken_off = originals / "broken-off.part"
    broken_off.write_bytes(b"ha")

    report = verify_originals()
    assert report.is_intact
    # What is only seconds old may be an upload that is just being received.
    assert report.unowned == [left]
    aged(broken_off)
    assert verify_originals().unowned == sorted([left, broken_off])
