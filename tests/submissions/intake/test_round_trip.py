"""The whole way of a bureau that uses LibreOffice, from the template to the submission."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from submissions.models import Submission
from submissions.workbook.layout import MARK_SIGN
from submissions.workbook.template.writer import FIRST_ROW
from tests.submissions.views.acts import post

FIRMS = "企业明细"
# Where the template has revenue: behind code, name, park, output value and its two references.
REVENUE = "G"


@pytest.fixture
def desk(client, officer, period, registered):
    """The officer's browser: template, upload, marked workbook."""

    class Desk:
        def template(self):
            return client.get("/submissions/template/?period=2025Q3").content

        def upload(self, content):
            file = SimpleUploadedFile("济南.xlsx", content)
            answer = client.post("/submissions/new/", {"file": file, "period": "2025Q3"})
            assert answer.status_code == 302
            return Submission.objects.latest("pk")

        def marked(self, submission):
            return client.get(f"{submission.get_absolute_url()}marked/").content

    client.force_login(officer)
    return Desk()


def edited(content, edit):
    """A workbook after somebody has typed into it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def fill(book):
    """Figures, a formula in every line, and one error."""
    city = book["城市汇总"]
    for row, figure in enumerate((50_000, 45_000, 120, 3, 1_500, 4_800), start=FIRST_ROW):
        city[f"C{row}"] = figure
    sheet = book[FIRMS]
    for row in range(FIRST_ROW, FIRST_ROW + 3):
        sheet[f"D{row}"], sheet[f"{REVENUE}{row}"] = 1_000 + row, f"=D{row}*0.9"
    sheet["D6"] = "约1000"


def correct(book):
    """The error corrected."""
    book[FIRMS]["D6"] = 1_006


def test_from_the_template_through_calc_to_what_is_submitted(desk, calc, client, officer):
    first = desk.upload(calc(edited(desk.template(), fill)))
    wrong = list(first.findings.mandatory().values_list("code", "cell"))
    assert ("E146", "D6") in wrong
    assert {cell for _, cell in wrong} <= {"D6", f"{REVENUE}6"}

    marked = desk.marked(first)
    assert openpyxl.load_workbook(io.BytesIO(marked))[FIRMS]["D6"].comment.text.startswith(
        MARK_SIGN
    )
    corrected = calc(edited(marked, correct))
    second = desk.upload(corrected)

    assert second.version == 2
    assert second.lines == first.lines == 3
    assert not second.findings.mandatory().exists()
    row = second.rows.get(kind="enterprises", row=6)
    assert (row.values["output_value"], row.values["revenue"]) == ("10060000.00", "9054000.00")
    sheet = openpyxl.load_workbook(io.BytesIO(corrected))[FIRMS]
    assert sheet[f"{REVENUE}6"].value == "=D6*0.9"
    assert {one.type for one in sheet.data_validations.dataValidation} >= {"list", "decimal"}

    for finding in second.findings.unanswered():
        text = f"{finding.code}：{finding.cell or '全表'} 系今年新投产，已核对"
        post(client, officer, second, f"findings/{finding.pk}/explain", text=text)
    post(client, officer, second, "submit")
    second.refresh_from_db()
    assert second.status == "submitted"
