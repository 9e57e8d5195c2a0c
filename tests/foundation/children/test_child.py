"""Programs of ours as children; what fails in them is tested where files are read."""

import pytest

from foundation.children.child import ChildFailed, pieces


@pytest.fixture
def program(tmp_path):
    """Return a function that writes a program."""

    def write(code):
        file = tmp_path / "child.py"
        file.write_text(code)
        return file

    return write


def test_a_child_reads_its_input_and_its_output_comes_in_pieces(program, tmp_path):
    given = tmp_path / "given"
    given.write_bytes(b"one\ntwo")
    echo = program("import sys\nfor line in sys.stdin: print(line.strip()[::-1])")
    with given.open("rb") as stdin:
        assert b"".join(pieces(echo, stdin=stdin, seconds=10, output=100)) == b"eno\nowt\n"


@pytest.mark.parametrize(
    ("code", "too_much"),
    [
        ("import time; time.sleep(60)", True),
        ("print('x' * 101)", True),
        ("import os; os.kill(os.getpid(), 24)", True),
    ],
)
def test_too_much_time_or_output_is_told_apart(program, code, too_much):
    with pytest.raises(ChildFailed) as failure:
        list(pieces(program(code), seconds=1, output=100))
    assert failure.value.too_much is too_much


def test_a_child_that_cannot_be_started_is_not_too_much(program, monkeypatch):
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(ChildFailed) as failure:
        list(pieces(program(""), seconds=1, output=100))
    assert not failure.value.too_much
