"""Three files from before the template: described once, then used; figures, cells and marks."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from audit.models import AuditEvent
from enterprises.models import EnterpriseReturn
from submissions.intake.marked_workbook import marked_workbook
from submissions.lineage.trace import trace
from submissions.models import BatchFile, FirmChoice, Layout, LayoutUse, StagedRow, Submission
from submissions.review.actions import accept
from submissions.workbook.layout import INDEX_SHEET
from tests.audit.rewritten import erase, rewrite
from tests.factories import credit_code, make_enterprise, make_period
from tests.submissions.backfill.bringing import archive
from tests.submissions.layouts.cast import bring, confirm, describe, parts_at, read_by
from tests.submissions.workbook.foreign.forge_foreign import FIRMS, by_sheet, survey, wide

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(client, officer, city):
    for year in (2023, 2024):
        for quarter in range(1, 5):
            make_period(f"{year}Q{quarter}")
    client.force_login(officer)
    return client


def staged(submission):
    rows = StagedRow.objects.filter(submission=submission, kind="enterprises")
    return {row.values["name"]: (row.decimal("output_value"), row.decimal("revenue"))
            for row in rows}  # fmt: skip


def submissions():
    return {one.period.code: one for one in Submission.objects.select_related("period")}


def amounts(seed):
    return {
        firm: [(Decimal(seed * q * n * 1111111), Decimal(seed * q * n * 1000003))
               for q in range(1, 5)]
        for n, firm in enumerate(FIRMS, start=1)
    }  # fmt: skip


def test_a_wide_file_without_codes_becomes_four_submissions(bureau, city, tmp_path):
    """A person chooses each firm; one that stays open counts nowhere."""
    known = [make_enterprise(city, name=firm.replace("科技", "")) for firm in FIRMS[:2]]
    path = wide(tmp_path / "w.xlsx", amounts(1))
    cumulative = {f"{c}-holds": "cumulative" for c in "CDEFGHIJ"}
    found = describe(bureau, bring(bureau, path), **cumulative)
    page = bureau.get(found).content.decode()
    assert known[0].credit_code not in page  # Nothing is chosen before the layout is confirmed.
    layout = confirm(bureau, found, "宽表")
    page = bureau.get(found).content.decode()
    assert known[0].credit_code in page
    assert "checked" not in page.split(known[0].credit_code)[1].split(">")[0]

    answer = bureau.post(found, {"part": parts_at(found), "firm-0": known[0].credit_code})
    assert answer.status_code == 200
    done = submissions()
    assert set(done) == {f"2024Q{q}" for q in range(1, 5)}
    assert staged(done["2024Q3"]) == {FIRMS[0]: (Decimal(3333333), Decimal(3000009))}
    row = StagedRow.objects.get(submission=done["2024Q3"])
    assert row.key == known[0].credit_code
    assert (row.sheet, row.cells["revenue"], row.cells["credit_code"]) == ("Sheet1", "H3", "B3")
    open_ones = done["2024Q3"].findings.filter(code="W294")
    assert sorted(one.cell for one in open_ones) == ["B4", "B5"]
    assert LayoutUse.objects.filter(layout=layout).count() == 4
    assert {one.original.sha256 for one in done.values()} == {done["2024Q1"].sha256}
    assert AuditEvent.objects.filter(act="layout-confirmed").count() == 1

    marked = openpyxl.load_workbook(io.BytesIO(marked_workbook(done["2024Q3"]).bytes))
    assert "W294" in marked["Sheet1"]["B4"].comment.text
    assert INDEX_SHEET in marked.sheetnames

    # Another file of the same layout: what was chosen is shown, and taken with the person's yes.
    again = bring(bureau, wide(tmp_path / "w2.xlsx", amounts(2)))
    assert "宽表" in bureau.get(again).content.decode()
    found = read_by(bureau, again, layout)
    page = bureau.get(found).content.decode()
    assert "checked" in page.split(f'value="{known[0].credit_code}"')[1].split(">")[0]
    bureau.post(found, {"part": parts_at(found)[:1]})
    newest = Submission.objects.filter(period__code="2024Q1").order_by("-version").first()
    assert staged(newest) == {}


def test_single_quarters_in_sheets_are_added_up_and_traced(
    bureau, officer, reviewer, city, tmp_path
):
    codes = [make_enterprise(city, name=firm).credit_code for firm in FIRMS]
    singles = {
        q: {firm: (code, Decimal(q * 10_000), Decimal(q * 1_234_500))
            for firm, code in zip(FIRMS, codes, strict=True)}
        for q in (1, 2, 3)
    }  # fmt: skip
    path = by_sheet(tmp_path / "s.xlsx", singles)
    found = describe(bureau, bring(bureau, path))
    confirm(bureau, found, "季报")
    bureau.post(found, {"part": parts_at(found)})
    done = submissions()
    assert set(done) == {"2024Q1", "2024Q2", "2024Q3"}
    assert staged(done["2024Q3"])[FIRMS[0]] == (Decimal(60_000), Decimal(6 * 1_234_500))
    row = StagedRow.objects.filter(submission=done["2024Q3"]).first()
    assert row.cells["revenue"] == "D4"
    assert row.sources["revenue"] == ["一季度!D4", "二季度!D4"]
    page = bureau.get(f"/submissions/{done['2024Q3'].pk}/cell/", {"at": "三季度!D4"})
    text = page.content.decode()
    assert "一季度!D4" in text
    assert "季报" in text

    # Once accepted, the published figure leads to its cell in the foreign sheet.
    third = done["2024Q3"]
    rewrite(
        Submission.objects.filter(pk=third.pk),
        status="submitted",
        submitted_by=officer,
        submitted_at=timezone.now(),
    )
    accept(Submission.objects.get(pk=third.pk), by=reviewer)
    published = EnterpriseReturn.objects.get(enterprise__credit_code=codes[0])
    assert published.revenue == Decimal(6 * 1_234_500)
    found = trace("enterprises", codes[0], city=city, period=third.period, moment=timezone.now())
    assert found.place("revenue") == "三季度!D4"
    assert found.submission.layout_use.layout.name == "季报"


def test_a_years_survey_is_the_fourth_quarter_only(bureau, city, tmp_path):
    code = make_enterprise(city, name=FIRMS[0]).credit_code
    path = survey(tmp_path / "y.xlsx", {FIRMS[0]: (code, Decimal(5000), Decimal(4000))})
    found = describe(bureau, bring(bureau, path))
    layout = confirm(bureau, found, "年报")
    bureau.post(found, {"part": parts_at(found)})
    assert set(submissions()) == {"2023Q4"}
    path = survey(
        tmp_path / "y2.xlsx", {FIRMS[0]: (code, Decimal(7000), Decimal("10.5"))}, year=2024
    )
    found = read_by(bureau, bring(bureau, path), layout)
    bureau.post(found, {"part": parts_at(found)})
    done = submissions()
    assert set(done) == {"2023Q4", "2024Q4"}
    assert staged(done["2024Q4"]) == {FIRMS[0]: (Decimal(7000), Decimal("10.50"))}


def test_a_file_that_differs_by_a_word_is_not_read_by_the_layout(bureau, city, tmp_path):
    code = credit_code()
    path = survey(tmp_path / "y.xlsx", {FIRMS[0]: (code, Decimal(5000), Decimal(4000))})
    layout = confirm(bureau, describe(bureau, bring(bureau, path)), "年报")
    book = openpyxl.load_workbook(path)
    book["调查表"]["C3"] = "全年总产值（千元）"
    book.save(path)
    address = bring(bureau, path)
    page = bureau.get(address).content.decode()
    assert "全年总产值(千元)" in page
    assert 'name="layout"' not in page
    assert bureau.post(address, {"layout": layout.pk}).status_code == 404
    # Described anew under its name, it is the next version.
    newer = confirm(bureau, describe(bureau, address), "年报")
    assert (newer.version, Layout.objects.count()) == (2, 2)
    assert newer.fingerprint != layout.fingerprint


def test_a_foreign_file_of_a_batch_is_described_from_there_and_its_quarters_stand_in_the_report(
    bureau, city, tmp_path
):
    code = make_enterprise(city, name=FIRMS[0]).credit_code
    path = survey(tmp_path / "s.xlsx", {FIRMS[0]: (code, Decimal(5000), Decimal(4000))})
    bureau.post("/submissions/batches/", {"files": [archive({"旧/年报.xlsx": path.read_bytes()})]})
    [file] = BatchFile.objects.all()
    assert file.state == "layout"
    page = bureau.get(file.batch.get_absolute_url()).text
    assert f'name="batch_file" value="{file.pk}"' in page

    answer = bureau.post("/submissions/layouts/new/", {"batch_file": file.pk})
    assert answer.status_code == 302
    found = describe(bureau, answer["Location"])
    confirm(bureau, found, "年报")
    bureau.post(found, {"part": parts_at(found)})

    handed_in = list(Submission.objects.all())
    assert handed_in
    shown = bureau.get(file.batch.get_absolute_url())
    assert "batch_file" not in shown.text
    rows = [row for row in shown.context["report"].rows if row.file]
    assert [row.submission for row in rows] == handed_in
    for one in handed_in:
        assert one.get_absolute_url() in shown.text


def test_a_file_of_anothers_batch_is_not_there_to_describe(bureau, stranger, city, tmp_path):
    code = make_enterprise(city, name=FIRMS[0]).credit_code
    path = survey(tmp_path / "s.xlsx", {FIRMS[0]: (code, Decimal(5000), Decimal(4000))})
    bureau.post("/submissions/batches/", {"files": [archive({"年报.xlsx": path.read_bytes()})]})
    bureau.force_login(stranger)
    for number in (BatchFile.objects.get().pk, "x", "9" * 30):
        answer = bureau.post("/submissions/layouts/new/", {"batch_file": number})
        assert answer.status_code == 404


def test_the_firms_of_all_quarters_of_a_batch_are_chosen_once_on_the_citys_page(
    bureau, city, tmp_path
):
    known = make_enterprise(city, name=FIRMS[0])
    path = wide(tmp_path / "w.xlsx", amounts(1))
    bureau.post("/submissions/batches/", {"files": [archive({"宽表.xlsx": path.read_bytes()})]})
    file = BatchFile.objects.get()
    answer = bureau.post("/submissions/layouts/new/", {"batch_file": file.pk})
    cumulative = {f"{c}-holds": "cumulative" for c in "CDEFGHIJ"}
    found = describe(bureau, answer["Location"], **cumulative)
    confirm(bureau, found, "宽表")
    # Nobody has decided about a name: nothing of it is handed in as left open.
    bureau.post(found, {"part": parts_at(found)})
    erase(FirmChoice.objects)

    address = f"{file.batch.get_absolute_url()}cities/jinan/"
    page = bureau.get(address)
    assert len(page.context["firms"]) == len(FIRMS)
    assert "checked" not in page.text.split(known.credit_code)[1].split(">")[0]
    said = {f"name-{at}": firm["name"] for at, firm, _city in page.context["firms"]}
    [at] = [at for at, firm, _city in page.context["firms"] if firm["written"] == FIRMS[0]]
    page = bureau.post(f"{address}firms/", said | {f"firm-{at}": known.credit_code}, follow=True)

    assert "4 quarters are checked again" in page.text
    assert not page.context["firms"]
    for submission in Submission.objects.all():
        assert set(staged(submission)) == {FIRMS[0]}
    # The two that stay open are each asked about once, for all quarters.
    asked = [one for one in page.context["questions"] if one.findings[0].code == "W294"]
    assert [len(one.findings) for one in asked] == [4, 4]
