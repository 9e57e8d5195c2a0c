"""Each part of the benchmark does what the table says of it: tried with fifty lines."""

import pytest
from django.db import connection

from enterprises.models import EnterpriseReturn
from submissions.intake import receiving
from submissions.intake.marked_workbook import marked_workbook
from submissions.workbook import limits
from tests.benchmarks import contenders, roomy
from tests.benchmarks.bureau import Bureau, workbook

LINES = 50


@pytest.fixture
def bureau(db):
    """A bureau with fifty enterprises."""
    made = Bureau()
    made.grow_to(LINES)
    return made


@pytest.fixture
def content(bureau):
    """Its workbook."""
    return workbook(bureau.rows(LINES))


def reported(bureau):
    return EnterpriseReturn.objects.filter(city=bureau.city, period=bureau.period)


def test_our_intake_reads_every_line_and_has_nothing_to_mend(bureau, content):
    submission = contenders.ours(content, bureau)

    assert submission.lines == submission.rows.count() == LINES
    # One sheet without labels: who and when is not said, and 城市汇总 is not there.
    codes = {finding.code for finding in submission.findings.all()}
    assert codes == {"W139", "W163", "W164"}


def test_the_earlier_quarters_are_there_for_the_rules_to_look_at(bureau):
    row = bureau.rows(LINES)[7]
    row[3] *= 10_000

    submission = contenders.ours(workbook([row]), bureau)
    assert submission.findings.filter(code="W157").exists()


def test_the_stock_import_stores_the_same_figures(bureau, content):
    assert contenders.stock(content, bureau) == LINES

    last = reported(bureau).get(enterprise__name=f"示例企业{LINES}")
    assert (last.park, last.output_value, last.employees) == (bureau.park, 1_000 + LINES - 1, 149)
    contenders.forget_stock(bureau)
    assert not reported(bureau).exists()


def test_a_trial_of_the_stock_import_stores_nothing(bureau, content):
    assert contenders.stock_import_alone(content, bureau, dry_run=True) == LINES
    assert not reported(bureau).exists()


def test_openpyxl_alone_sees_every_line(content):
    assert contenders.openpyxl_alone(content) == LINES


@pytest.mark.django_db(transaction=True)
def test_the_floor_stores_every_line_and_puts_new_figures_over_old_ones(bureau):
    if connection.vendor != "postgresql":
        # COPY is PostgreSQL's own; the benchmark prints a floor there alone.
        assert contenders.ready_csv(bureau.rows(LINES)).count("\r\n") == LINES
        return
    for turn in (0, 1):
        rows = bureau.rows(LINES, turn=turn)
        assert contenders.copy_upsert(contenders.ready_csv(rows), bureau) == LINES
    assert reported(bureau).count() == LINES
    assert reported(bureau).order_by("output_value")[0].output_value == 1_001


def test_wrong_lines_are_found_and_marked(bureau):
    submission = contenders.ours(workbook(bureau.rows(LINES, wrong=20)), bureau)

    cells = [f.cell for f in submission.findings.filter(code="E146")]
    assert cells == [f"D{row}" for row in range(2, 22)]
    assert marked_workbook(submission).complete


def test_lifted_limits_let_more_lines_through_and_are_put_back(bureau, monkeypatch):
    monkeypatch.setattr(limits, "ENTERPRISE_LINES", 10)
    content = workbook(bureau.rows(LINES))

    with roomy.lifted(), monkeypatch.context() as patched:
        patched.setattr(receiving, "read_sandboxed", roomy.read)
        assert contenders.ours(content, bureau).lines == LINES
    assert limits.ENTERPRISE_LINES == 10


def test_the_roomy_child_reads_more_than_any_bureau_may_send(bureau, tmp_path):
    row = bureau.rows(1)[0]
    path = tmp_path / "large.xlsx"
    path.write_bytes(workbook([row] * (limits.ENTERPRISE_LINES + 1)))

    with roomy.lifted():
        assert roomy.read(path).lines == 20_001
