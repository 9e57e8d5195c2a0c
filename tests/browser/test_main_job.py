"""
The main job, as people do it: a workbook with faults becomes an accepted figure.

Nothing is looked for by its words, so that the same steps hold in every language.
"""

import re
from datetime import timedelta
from types import SimpleNamespace

import openpyxl
import pytest
from django.utils import timezone

from submissions.models import Submission
from tests.browser.coverage_bar import cities_on
from tests.depth import DEEP
from tests.factories import make_enterprise
from tests.province import make_province
from tests.submissions.fault_catalogue import forge

pytestmark = pytest.mark.browser

PERIOD = "2025Q3"
OVERVIEW = f"/?period={PERIOD}"
# Where the faults are put: two to correct, one to explain.
WRONG_CODE, NO_NUMBER, MUCH_RESEARCH = "A5", "D6", "G7"


@pytest.fixture
def job(city, officer, reviewer, official):
    """A province of which all but Jinan have reported, and Jinan's workbook, wrong and right."""
    make_province(period=PERIOD, silent=[city.code])
    firms = [make_enterprise(city) for _ in range(3)]
    right = [
        forge.enterprise(
            credit_code=firm.credit_code,
            name=firm.name,
            park=None,
            output_value=13_000 + number,
            revenue=12_000 + number,
            total_revenue=20_000 + number,
            rd_expenditure=100 if number < 2 else 30_000,
            revenue_last_year=None,
        )
        for number, firm in enumerate(firms)
    ]
    wrong = [dict(line) for line in right]
    wrong[0]["credit_code"] = right[0]["credit_code"][:-1] + (
        "A" if right[0]["credit_code"][-1] != "A" else "B"
    )
    wrong[1]["output_value"] = "约一万"
    return SimpleNamespace(wrong=forge.workbook(enterprises=wrong), right=right)


def act(page, name):
    """Press the button of an act on the submission that the page shows."""
    page.click(f'form[action$="/{name}/"] button:not([formaction]), button[formaction$="/{name}/"]')
    page.wait_for_load_state()


def upload(page, path):
    """Follow the page's link to the upload page of the period, and upload a file."""
    page.click(f'main a[href*="/submissions/new/?period={PERIOD}"]')
    assert page.input_value("[name=period]") == PERIOD
    page.set_input_files("[name=file]", path)
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/submissions/\d+/$"))


def state(page):
    """The state of the submission that the page shows."""
    return page.get_attribute("h1 + p .status", "data-status")


def cells(page):
    """The cells at which something must be done, each with the finding's code."""
    return {
        (row.locator("td").first.inner_text(), group.get_attribute("id"))
        for group in page.locator("article.finding-group:not([data-severity=on_trial])").all()
        for row in group.locator("tbody tr").all()
    }


def standing(page, address=OVERVIEW):
    """Share, number of enterprises and coverage on the overview; the sentence of the share."""
    page.goto(address)
    share, firms = (
        page.locator(
            f"[aria-labelledby=verdict-{code}] :is(.goal-card__figure, .goal-card__words)"
        ).inner_text()
        for code in ("cluster-output-share", "firms-over-100m")
    )
    cities = cities_on(page)
    page.goto(page.locator("#verdict-cluster-output-share a").get_attribute("href"))
    sentence = page.locator("p.verdict__why").inner_text()
    return share, firms, cities, sentence


def test_who_asks_for_a_language_that_we_do_not_speak_reads_the_products_own(
    browse, signed_in, official, settings
):
    settings.LANGUAGE_CODE = "zh-hans"
    page = browse(language="nl").page
    page.goto("/accounts/login/")
    assert page.get_attribute("html", "lang") == "zh-hans"
    signed_in(page, "official")
    page.goto(OVERVIEW)
    assert page.get_attribute("html", "lang") == "zh-hans"


# With a language that we do not speak each page is the same as in the product's own, as above.
@pytest.mark.parametrize("language", ["zh-CN", "nl"] if DEEP else ["zh-CN"])
def test_a_workbook_with_faults_becomes_a_figure_in_force(
    browse, sign_in, job, tmp_path, settings, language
):
    settings.LANGUAGE_CODE = "zh-hans"
    bureau, province, reader = (browse(language=language) for _ in range(3))

    sign_in(reader.page, "official")
    before = standing(reader.page)
    # Jinan has never reported: there is nothing to estimate it by.
    assert before[0].startswith("尚不能估计")
    assert before[2] == ("15", "16")
    reader.assert_quiet()

    sign_in(bureau.page, "officer")
    assert bureau.page.get_attribute("html", "lang") == "zh-hans"
    bureau.page.click('nav a[href="/submissions/"]')
    upload(bureau.page, forge.saved(job.wrong, tmp_path, "济南.xlsx"))
    found = cells(bureau.page)
    assert (f"企业明细!{WRONG_CODE}", "E143") in found, found
    assert (f"企业明细!{NO_NUMBER}", "E146") in found, found
    assert (f"企业明细!{MUCH_RESEARCH}", "W182") in found, found
    assert not bureau.page.locator('form[action$="/submit/"]').count()
    bureau.assert_quiet()

    with bureau.page.expect_download() as download:
        bureau.page.click('a[href$="/marked/"]')
    corrected = tmp_path / "corrected.xlsx"
    download.value.save_as(corrected)
    book = openpyxl.load_workbook(corrected)
    assert book["企业明细"][WRONG_CODE].comment
    assert book["企业明细"][NO_NUMBER].comment
    book["企业明细"][WRONG_CODE] = job.right[0]["credit_code"]
    book["企业明细"][NO_NUMBER] = job.right[1]["output_value"]
    book.save(corrected)

    upload(bureau.page, corrected)
    assert {code for _, code in cells(bureau.page)} == {"W182"}
    assert not bureau.page.locator('form[action$="/submit/"]').count()
    bureau.page.fill('form[action$="/answers/"] textarea', "含集团在济研发投入")
    act(bureau.page, "answers")
    act(bureau.page, "submit")
    assert state(bureau.page) == "submitted"
    bureau.assert_quiet()

    sign_in(province.page, "reviewer")
    province.page.click('nav a[href="/submissions/"]')
    province.page.click("section:has(#waiting) tbody a")
    assert state(province.page) == "submitted"
    province.page.fill("[name=reason]", "D5 与季报不一致，请核对")
    act(province.page, "send-back")
    assert state(province.page) == "sent_back"
    province.assert_quiet()
    assert standing(reader.page) == before

    bureau.page.click('nav a[href="/submissions/"]')
    bureau.page.locator("main tbody a").first.click()
    assert state(bureau.page) == "sent_back"
    assert "D5 与季报不一致" in bureau.page.inner_text(".notice")
    book["企业明细"]["D5"] = 13_500
    book.save(corrected)
    upload(bureau.page, corrected)
    # The answer is carried over.
    assert bureau.page.input_value('form[action$="/answers/"] textarea') == "含集团在济研发投入"
    act(bureau.page, "submit")
    assert state(bureau.page) == "submitted"
    bureau.assert_quiet()

    province.page.click('nav a[href="/submissions/"]')
    province.page.click("section:has(#waiting) tbody a")
    act(province.page, "accept")
    assert state(province.page) == "accepted"
    province.assert_quiet()
    versions = Submission.objects.order_by("version").values_list("status", flat=True)
    assert list(versions)[-2:] == ["sent_back", "accepted"]

    share, firms, coverage, sentence = standing(reader.page)
    # 500 million of Jinan's and 200 of the other two clusters', of 2,000 in all.
    assert share.startswith("35.0")
    assert before[1].startswith("尚不能估计")
    assert firms.endswith("3家")
    assert coverage == ("16", "16")
    assert "35.0" in sentence
    yesterday = timezone.localdate() - timedelta(days=1)
    assert standing(reader.page, f"{OVERVIEW}&as_of={yesterday}")[:2] == before[:2]
    assert cities_on(reader.page) == ("15", "16")
    reader.assert_quiet()
