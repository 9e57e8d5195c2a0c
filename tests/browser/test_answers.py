"""
An officer's afternoon: 22 findings answered, signed out in between, one value corrected on the
page, a wrong upload discarded, and submitted. Nothing is typed twice, and every click is counted.
"""

import re

import pytest
from django.contrib.sessions.models import Session

from submissions.intake.originals import as_file
from submissions.models import AnswerDraft, Explanation, Submission
from submissions.workbook.layout import CITY_LABELS
from submissions.workbook.reading.workbook import read
from tests.factories import make_enterprise
from tests.province import make_province
from tests.submissions.fault_catalogue import forge

pytestmark = pytest.mark.browser

PERIOD = "2025Q3"
SUBMISSION = re.compile(r"/submissions/\d+/$")
FINDINGS = 22
# All but one are about a firm each; the firm behind these has an output value that is no number.
FIRMS = FINDINGS - 1
NO_NUMBER = f"D{forge.FIRST_ROW + FIRMS}"
UPLOAD = f'main a[href*="/submissions/new/?period={PERIOD}"]'
SEND = "main form button[type=submit]:not([name])"
SAVE = "form[data-answers] button[type=submit]:not([formaction])"
DISCARD = 'form[action$="/discard/"] button'
SUBMIT = 'button[formaction$="/submit/"]'
# From signing in to "submitted": upload 2, save once more after signing in 2, correct with the same
# click, wrong upload 2, discard 1, submit 1.
CLICKS = 8


@pytest.fixture
def workbooks(city, officer, tmp_path):
    """Jinan's workbook with 22 findings to explain and one to correct; and a file that is none."""
    make_province(period=PERIOD, silent=[city.code])
    firms = [make_enterprise(city) for _ in range(FIRMS + 1)]
    lines = [
        forge.enterprise(
            credit_code=firm.credit_code,
            name=firm.name,
            park=None,
            output_value=13_000 + number,
            revenue=12_000 + number,
            total_revenue=20_000 + number,
            rd_expenditure=30_000 + number,
            revenue_last_year=None,
        )
        for number, firm in enumerate(firms)
    ]
    lines[-1] |= {"output_value": "约一万", "rd_expenditure": 100}
    # The city's totals are enough for the lines, but for the firms over 100 million.
    figures = [400_000, 390_000, 120, 3, 900_000, 4_800]
    totals = [forge.city_row(*one) for one in zip(CITY_LABELS, figures, strict=True)]
    book = forge.workbook(enterprises=lines, cities=totals)
    right = forge.saved(book, tmp_path, "济南.xlsx")
    return right, forge.saved(b"%PDF-1.4\n", tmp_path, "wrong.pdf")


@pytest.fixture
def officer_at_work(browse, sign_in, workbooks):
    """The officer's page, and a list of what was clicked."""
    watched, clicked = browse(), []
    sign_in(watched.page, "officer")

    def click(selector):
        clicked.append(selector)
        watched.page.click(selector)
        watched.page.wait_for_load_state()

    return watched.page, click, clicked


def upload(page, click, path):
    click(UPLOAD)
    page.set_input_files("[name=file]", path)
    click(SEND)
    page.wait_for_url(SUBMISSION)


def texts():
    return [f"第{number + 1}户承担省级研发项目，经费一次性到账" for number in range(FINDINGS)]


def test_an_officers_afternoon(officer_at_work, workbooks):
    page, click, clicked = officer_at_work
    right, wrong = workbooks
    upload(page, click, right)
    boxes = page.locator("form[data-answers] textarea")
    assert boxes.count() == FINDINGS, [str(one) for one in Submission.objects.get().findings.all()]

    for number, text in enumerate(texts()[:11]):
        boxes.nth(number).fill(text)
        boxes.nth(number).blur()
    page.locator("[data-said]", has_text="草稿已保存。").wait_for()
    Session.objects.all().delete()
    for number, text in enumerate(texts()[11:], start=11):
        boxes.nth(number).fill(text)
    click(SAVE)
    assert page.input_value("[name=next]").endswith("/answers/")
    page.fill("[name=username]", "officer")
    page.fill("[name=password]", "correct horse")
    page.press("[name=password]", "Enter")
    page.wait_for_url(SUBMISSION)
    assert [boxes.nth(number).input_value() for number in range(FINDINGS)] == texts()
    assert not Explanation.objects.exists()

    first = Submission.objects.get()
    wrong_cell = first.findings.get(cell=NO_NUMBER, code="E146")
    page.fill(f"#right-{wrong_cell.pk}", "13,022")
    click(SAVE)
    amended = Submission.objects.get(version=2)
    assert page.url.endswith(amended.get_absolute_url())
    with as_file(amended) as path:
        line = read(path).tables["enterprises"].lines[-1]
    assert line.values["output_value"].written == "13022"
    assert not amended.findings.mandatory().exists()
    assert not amended.findings.unanswered().exists()

    upload(page, click, wrong)
    click(DISCARD)
    assert page.url.endswith(amended.get_absolute_url())
    click(SUBMIT)
    assert page.get_attribute("h1 + p .status", "data-status") == "submitted"

    given = Explanation.objects.filter(finding__submission=amended)
    answers = given.order_by("finding__code", "finding__position")
    assert [answer.text for answer in answers] == texts()
    assert not AnswerDraft.objects.filter(finding__submission=amended).exists()
    assert len(clicked) == CLICKS, clicked


def test_a_refused_answer_has_the_focus_and_its_text(officer_at_work, workbooks):
    page, click, _clicked = officer_at_work
    upload(page, click, workbooks[0])
    boxes = page.locator("form[data-answers] textarea")
    boxes.nth(3).fill("核实无误")
    boxes.nth(4).fill(texts()[4])
    click(SAVE)

    focused = page.evaluate("document.activeElement.value")
    assert focused == "核实无误"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") > 0
    assert boxes.nth(4).input_value() == texts()[4]


def test_the_findings_of_a_page_fit_two_screens(officer_at_work, workbooks):
    page, click, _clicked = officer_at_work
    upload(page, click, workbooks[0])

    assert page.viewport_size == {"width": 1440, "height": 900}
    section = page.locator("section[aria-labelledby=findings]").bounding_box()
    assert section["height"] <= 1800


def test_answers_are_given_without_a_script(browse, signed_in, workbooks, client, officer):
    client.force_login(officer)
    with workbooks[0].open("rb") as file:
        client.post("/submissions/new/", {"file": file, "period": PERIOD})
    submission = Submission.objects.get()
    watched = browse(java_script_enabled=False)
    signed_in(watched.page, "officer")
    watched.page.goto(submission.get_absolute_url())
    watched.page.locator("form[data-answers] textarea").first.fill(texts()[0])
    watched.page.click(SAVE)

    assert Explanation.objects.get().text == texts()[0]
