"""Reading in a child process, also when that process fails."""

import json
import signal
import sys
import textwrap
import time
from pathlib import Path

import pytest

from submissions.workbook import limits
from submissions.workbook.reading.workbook import read
from submissions.workbook.sandbox import CHILD, read_sandboxed
from tests.submissions.fault_catalogue import forge, spoil
from tests.submissions.robustness import memory


@pytest.fixture
def path(tmp_path):
    """A clean workbook."""
    return forge.saved(forge.workbook(), tmp_path)


@pytest.fixture
def program(tmp_path):
    """Return a function that writes a program for the child process."""

    def write(code):
        file = tmp_path / "child.py"
        file.write_text(textwrap.dedent(code))
        return file

    return write


def test_the_child_gives_the_same_reading(path):
    here = read(path)
    there = read_sandboxed(path)

    assert there.peak_kb > 5_000
    there.peak_kb = None
    assert there == here


def test_the_file_may_be_named_from_where_one_stands(path, monkeypatch):
    monkeypatch.chdir(path.parent)

    assert read_sandboxed(Path(path.name)).lines == 3


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    assert [fault.code for fault in read_sandboxed(tmp_path / "none.xlsx").faults] == ["E199"]


def test_the_users_own_name_goes_with_the_file(path):
    reading = read_sandboxed(path, "报表 三季度.xls")

    assert [(fault.code, fault.params["named"]) for fault in reading.faults] == [("W112", ".xls")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(spoil.as_html_xls(), "E111", id="F-11"),
        pytest.param(spoil.with_entity_bomb(forge.workbook()), "E103", id="F-02"),
        pytest.param(spoil.zip_bomb(120), "E101", id="F-01"),
        pytest.param(spoil.truncate(forge.workbook(), 0.5), "E102", id="F-08"),
    ],
)
def test_refusals_come_through(content, code, tmp_path):
    reading = read_sandboxed(forge.saved(content, tmp_path))

    assert [fault.code for fault in reading.faults] == [code]
    assert reading.peak_kb < 100_000


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        pytest.param("import os; os.abort()", "E199", id="F-52 dies"),
        pytest.param(
            f"import os; os.kill(os.getpid(), {int(signal.SIGSEGV)})", "E199", id="F-52 crashes"
        ),
        pytest.param(
            f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})", "E104", id="F-51 is killed"
        ),
        pytest.param("raise SystemExit(3)", "E199", id="F-52 gives up"),
        pytest.param("print('Segmentation fault')", "E199", id="F-52 prints garbage"),
        pytest.param("import os; os.write(1, bytes(range(256)))", "E199", id="F-52 prints bytes"),
        pytest.param("print('[\"reading\",null,[]]')", "E199", id="F-52 breaks off"),
        pytest.param('print(\'["reading",null]\\n["end",1]\')', "E199", id="F-52 lies"),
        pytest.param("pass", "E199", id="F-52 says nothing"),
        pytest.param(
            f"import os; os.kill(os.getpid(), {int(signal.SIGXCPU)})", "E104", id="out of time"
        ),
        pytest.param("import time; time.sleep(60)", "E104", id="F-52 hangs"),
        pytest.param(
            "import os, time; os.close(1); time.sleep(60)", "E104", id="F-52 hangs, output closed"
        ),
        pytest.param("while True: print('x' * 99999)", "E104", id="F-52 prints without end"),
    ],
)
def test_a_failing_child_is_a_fault_and_no_error(code, fault, path, program, monkeypatch):
    monkeypatch.setattr(limits, "CHILD_OUTPUT", 5 * limits.MIB)

    started = time.monotonic()
    reading = read_sandboxed(path, program=program(code), seconds=1)

    assert [found.code for found in reading.faults] == [fault]
    assert reading.tables == {}
    assert time.monotonic() - started < 5


def test_a_child_that_is_killed_once_is_started_again(path, program, tmp_path):
    """F-51: the kernel was short of memory, or somebody ended it: the file is not at fault."""
    code = f"""
        import os, sys
        try:
            os.mkdir({str(tmp_path / "was_here")!r})
        except FileExistsError:
            os.execv(sys.executable, [sys.executable, {str(CHILD)!r}, *sys.argv[1:]])
        os.kill(os.getpid(), {int(signal.SIGKILL)})
    """
    reading = read_sandboxed(path, program=program(code))

    assert not reading.faults
    assert reading.lines == read_sandboxed(path).lines > 0


def test_a_gigabyte_of_output_is_cut_off(path, program):
    """F-52: the child writes as much as the system lets it."""
    before = memory.reset_peak()
    code = "import os\nfor _ in range(1024): os.write(1, bytes(1024 * 1024))"
    reading = read_sandboxed(path, program=program(code))

    assert [found.code for found in reading.faults] == ["E104"]
    assert memory.peak() - before < 50 * limits.MIB


def test_processes_of_the_child_are_ended_with_it(path, program, tmp_path):
    code = f"""
        import os, time
        if os.fork() == 0:
            open({str(tmp_path / "grandchild")!r}, "w").write(str(os.getpid()))
        time.sleep(60)
    """
    read_sandboxed(path, program=program(code), seconds=1)

    grandchild = int((tmp_path / "grandchild").read_text())
    time.sleep(0.1)
    stat = Path(f"/proc/{grandchild}/stat")
    # Gone, or a zombie that nobody has collected.
    assert not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


def test_the_child_has_no_secrets(path, program, tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "s3cret")
    monkeypatch.setenv("DATABASE_URL", "postgres://s3cret")
    told = tmp_path / "told"
    code = f"""
        import json, os, sys
        json.dump([dict(os.environ), sys.flags.isolated, os.getcwd()], open({str(told)!r}, "w"))
    """
    read_sandboxed(path, program=program(code))

    environment, isolated, folder = json.loads(told.read_text())
    assert "s3cret" not in str(environment)
    assert isolated
    assert folder == "/"


def test_the_child_limits_itself_before_it_reads(path, program, tmp_path):
    told = tmp_path / "told"
    code = f"""
        import json, resource, runpy, sys
        runpy.run_path({str(CHILD)!r})
        kinds = ["AS", "CPU", "FSIZE", "NOFILE", "CORE"]
        limits = [resource.getrlimit(getattr(resource, "RLIMIT_" + kind)) for kind in kinds]
        try:
            bytearray(2 * 1024 ** 3)
            caught = False
        except MemoryError:
            caught = True
        json.dump([limits, caught, sorted(sys.modules)], open({str(told)!r}, "w"))
    """
    read_sandboxed(path, program=program(code))

    found, caught, modules = json.loads(told.read_text())
    assert [hard for _soft, hard in found] == [
        limits.CHILD_MEMORY,
        limits.CHILD_CPU_SECONDS,
        limits.CHILD_FILE_SIZE,
        limits.CHILD_OPEN_FILES,
        0,
    ]
    assert caught
    assert not {"django", "openpyxl", "socket", "sqlite3"} & set(modules)


def test_a_child_that_cannot_be_started_is_a_fault(path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    assert [fault.code for fault in read_sandboxed(path).faults] == ["E199"]


def test_twenty_thousand_lines_fit_into_300_mb(tmp_path):
    """limits.md: the child holds at most 300 MB at 20,000 lines."""
    line = forge.enterprise(1)
    lines = [line | {"name": f"示例环保企业{n}"} for n in range(limits.ENTERPRISE_LINES)]
    reading = read_sandboxed(
        forge.saved(spoil.with_shared_strings(forge.workbook(enterprises=lines)), tmp_path)
    )

    assert reading.faults == []
    assert reading.lines == limits.ENTERPRISE_LINES
    assert reading.peak_kb < 300_000
