import os
import zipfile

import pytest

from submissions.workbook import package
from submissions.workbook.protocol import progress_in
from submissions.workbook.reading import progress
from submissions.workbook.reading.spreadsheet import ROW_TAG, Workbook
from submissions.workbook.reading.workbook import read
from submissions.workbook.sandbox import (
    CHECKING,
    ProgressStep,
    read_sandboxed,
    read_with_progress,
    result_of,
)
from tests.submissions.fault_catalogue import forge


@pytest.fixture
def at_every_row(monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", 0)


def counts(path):
    """The progress reported while a file is read."""
    told = []
    read(path, path.name, lambda rows, of: told.append((rows, of)))
    return told


def test_rows_are_counted_over_all_sheets(at_every_row, tmp_path):
    lines = [forge.enterprise(n) for n in range(1, 1001)]
    told = counts(forge.saved(forge.workbook(enterprises=lines), tmp_path))

    assert told[0] == (0, 1014)
    assert told[-1] == (1014, 1014)
    assert [rows for rows, _ in told] == sorted(rows for rows, _ in told)
    # A piece of XML has many rows; there are more pieces than sheets all the same.
    assert len({rows for rows, _ in told}) > 3


def test_lines_of_a_csv_are_counted(at_every_row, tmp_path):
    told = counts(forge.saved(forge.as_csv(), tmp_path, "a.csv"))

    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > 3


def test_progress_is_limited_in_frequency(tmp_path):
    lines = [forge.enterprise(n) for n in range(1, 501)]
    told = counts(forge.saved(forge.workbook(enterprises=lines), tmp_path))

    assert len(told) < 100


def test_progress_does_not_change_the_reading(tmp_path):
    path = forge.saved(forge.workbook(), tmp_path)

    told = list(read_with_progress(path))
    assert told[-1] == ProgressStep("reading", 17, 17)
    silent, telling = read_sandboxed(path), result_of(read_with_progress(path))
    assert telling.tables == silent.tables
    assert telling.faults == silent.faults


def test_closing_the_generator_ends_the_child(tmp_path):
    program = tmp_path / "child.py"
    program.write_text(
        "import os, sys, time\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n"
        "print('[\"read\",1,2]', flush=True)\n"
        "time.sleep(60)\n"
    )
    steps = read_with_progress(tmp_path / "none.xlsx", program=program)
    assert next(steps) == ProgressStep("reading", 1, 2)
    steps.close()

    with pytest.raises(ProcessLookupError):
        # Signal 0 only asks whether it is there.
        os.kill(int((tmp_path / "pid").read_text()), 0)


@pytest.mark.parametrize(
    ("piece", "told"),
    [
        (b'["read",5,10]\n', (5, 10)),
        (b'["read",5,10]\n["read",7,10]\n["reading","xlsx"', (7, 10)),
        (b'["reading","xlsx",[],null]', None),
        (b"", None),
        (b'["read",5\n', None),
        (b'["read","x","y"]\n', None),
        (b'["read",null,null]\n', None),
    ],
)
def test_progress_is_that_of_the_last_complete_line(piece, told):
    assert progress_in(piece) == told


@pytest.mark.parametrize("size", [7, 64, 100_000])
def test_rows_are_seen_wherever_a_piece_ends(size, tmp_path, monkeypatch):
    monkeypatch.setattr(package, "PIECE", size)
    path = forge.saved(forge.workbook(), tmp_path)
    with Workbook(path) as workbook:
        assert [sheet.row_count() for sheet in workbook.sheets] == [10, 7]


def test_rows_of_every_namespace_are_seen_and_nothing_like_them(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("part", '<x:row r="1"><c/></x:row><row/><rows/><rowBreaks/><row>')
    with zipfile.ZipFile(path) as archive:
        assert package.counted(archive, "part", ROW_TAG) == 3
        assert package.counted(archive, "none", ROW_TAG) == 0


def test_checking_has_no_rows():
    assert CHECKING == ("checking", 0, 0)
