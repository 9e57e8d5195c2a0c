"""Annotating in a child process, also when that process fails."""

import io
import textwrap
import time
from pathlib import Path

import openpyxl
import pytest

from submissions.workbook.annotation.annotation import Annotation, Wording
from submissions.workbook.annotation.marking import marked
from submissions.workbook.annotation.marking_sandbox import mark_sandboxed
from submissions.workbook.layout import INDEX_SHEET
from tests.submissions.fault_catalogue import forge, spoil

MARKS = [
    Annotation("企业明细", f"D{row}", "E146", "mandatory", "不是数字" * 40, "写成 1234.5")
    for row in range(5, 900)
]


@pytest.fixture
def path(tmp_path):
    """A clean workbook."""
    return forge.saved(forge.workbook(), tmp_path)


def test_the_child_makes_what_marking_makes(path):
    # More findings than a pipe holds.
    there = mark_sandboxed(path, MARKS)
    here = marked(path, MARKS)

    assert there.complete
    assert forge.parts(there.bytes) == forge.parts(here.bytes)


def test_the_file_may_be_named_from_where_one_stands(path, monkeypatch):
    monkeypatch.chdir(path.parent)

    assert mark_sandboxed(Path(path.name), MARKS[:1]).complete


def test_the_wording_is_passed_to_the_child(path):
    done = mark_sandboxed(path, MARKS[:1], Wording(title="Findings", mandatory="must be corrected"))

    book = openpyxl.load_workbook(io.BytesIO(done.bytes))
    assert book[INDEX_SHEET]["A1"].value == "Findings"
    assert "must be corrected E146" in book["企业明细"]["D5"].comment.text


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import os; os.abort()", id="dies"),
        pytest.param("raise SystemExit(3)", id="gives up"),
        pytest.param("print('Segmentation fault')", id="prints garbage"),
        pytest.param("print('[9, true, []]')", id="breaks off"),
        pytest.param("print('[1]')", id="lies"),
        pytest.param("import time; time.sleep(60)", id="hangs"),
        pytest.param("while True: print('x' * 99999)", id="prints without end"),
    ],
)
def test_a_child_that_dies_is_explained_in_the_index(code, path, tmp_path):
    program = tmp_path / "child.py"
    program.write_text(textwrap.dedent(code))

    began = time.monotonic()
    done = mark_sandboxed(path, MARKS[:2], program=program, seconds=1)

    assert not done.complete
    assert time.monotonic() - began < 8
    sheet = openpyxl.load_workbook(io.BytesIO(done.bytes))[INDEX_SHEET]
    assert Wording().died in sheet["A3"].value
    assert sheet["D5"].value == "D5"


def test_a_hostile_original_affects_only_the_child(tmp_path):
    path = forge.saved(spoil.with_empty_rows(forge.workbook()), tmp_path)

    done = mark_sandboxed(path, MARKS[:5])
    assert INDEX_SHEET in forge.parts(done.bytes)["xl/workbook.xml"].decode()
