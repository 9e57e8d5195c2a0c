"""
Bringing a workbook, as people do it: dropped, too large, on a line that breaks, clicked twice.

Like the main job, nothing is looked for by its words.
"""

import base64
import re
from types import SimpleNamespace

import openpyxl
import pytest

from submissions.intake import receiving
from submissions.models import Submission
from submissions.workbook import limits
from tests.depth import DEEP
from tests.factories import make_enterprise
from tests.jobs.cast import QUEUE
from tests.jobs.processes import worker_process
from tests.province import make_province
from tests.submissions.cast import make_row, make_submission
from tests.submissions.fault_catalogue import forge

pytestmark = pytest.mark.browser

PERIOD = "2025Q3"
UPLOAD, CHECK = f"/submissions/new/?period={PERIOD}", f"/submissions/check/?period={PERIOD}"
SUBMISSION = re.compile(r"/submissions/\d+/$")
ZONE, SEND = "[data-drop-zone]", "main form button[type=submit]:not([name])"
TROUBLE, REFUSED = "[data-trouble]", "[data-refused]"
PREVIEW = "/preview/"
# Of a workbook that is read by a worker; however few, it waits until there is one.
LINES = 3_000 if DEEP else 300
# Where the fault is put.
NO_NUMBER = "D6"

MAKE_TRANSFER = """([content, name]) => {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name));
    return transfer;
}"""


@pytest.fixture
def lines(city, officer):
    """Three firms of Jinan's and their lines; the other cities have reported."""
    make_province(period=PERIOD, silent=[city.code])
    return [
        forge.enterprise(
            credit_code=firm.credit_code,
            name=firm.name,
            park=None,
            output_value=13_000 + number,
            revenue=12_000 + number,
            total_revenue=20_000 + number,
            revenue_last_year=None,
        )
        for number, firm in enumerate(make_enterprise(city) for _ in range(3))
    ]


@pytest.fixture
def faulty(lines):
    """The workbook with one value that is no number."""
    wrong = [dict(line) for line in lines]
    wrong[1]["output_value"] = "约一万"
    return forge.workbook(enterprises=wrong)


@pytest.fixture
def officers(browse, signed_in, officer, lines):
    """Return a function: the officer's browser at an address, and the forms it sends."""

    def act(address, width="wide"):
        watched = browse(width)
        page = watched.page
        signed_in(page, "officer")
        page.goto(address)
        sent = []
        page.on("request", lambda r: sent.append(r) if r.method == "POST" else None)
        return SimpleNamespace(page=page, sent=sent, watched=watched)

    return act


def drop(page, content, name="济南.xlsx"):
    """Drop a file on the frame, as a mouse does."""
    text = base64.b64encode(content).decode()
    transfer = page.evaluate_handle(MAKE_TRANSFER, [text, name])
    page.dispatch_event(ZONE, "dragover", {"dataTransfer": transfer})
    assert page.get_attribute(ZONE, "data-over") is not None
    page.dispatch_event(ZONE, "drop", {"dataTransfer": transfer})
    assert page.get_attribute(ZONE, "data-over") is None


def cells(page):
    """The cells at which the page has findings."""
    return {row.inner_text() for row in page.locator("article.finding-group td.nowrap").all()}


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_faulty_workbook_is_dropped_mended_compared_and_submitted(
    officers, city, reviewer, lines, faulty, period_of, tmp_path, width
):
    in_force = make_submission(city, period_of, status="accepted", reviewer=reviewer)
    make_row(in_force, key=lines[0]["credit_code"], output_value="100000000.00")
    at = officers(UPLOAD, width)
    drop(at.page, faulty)
    assert "济南.xlsx · " in at.page.inner_text("[data-chosen]")
    at.page.click(SEND)
    at.page.wait_for_url(SUBMISSION)
    assert cells(at.page) >= {f"企业明细!{NO_NUMBER}"}

    with at.page.expect_download() as download:
        at.page.click('a[href$="/marked/"]')
    corrected = tmp_path / "corrected.xlsx"
    download.value.save_as(corrected)
    book = openpyxl.load_workbook(corrected)
    assert book["企业明细"][NO_NUMBER].comment
    book["企业明细"][NO_NUMBER] = lines[1]["output_value"]
    book.save(corrected)

    at.page.goto(UPLOAD)
    drop(at.page, corrected.read_bytes())
    at.page.click(SEND)
    at.page.wait_for_url(SUBMISSION)
    assert f"企业明细!{NO_NUMBER}" not in cells(at.page)
    differences = at.page.locator("section:has(#differences)")
    assert "13,000" in differences.inner_text()
    assert "10,000" in differences.inner_text()
    at.page.click(f'a[href$="{PREVIEW}"]')
    at.page.wait_for_url(f"**{PREVIEW}")
    coverage = at.page.locator("tbody tr:nth-child(4) td").all_inner_texts()
    accepted = [min(map(int, re.findall(r"\d+", text))) for text in coverage]
    assert accepted == [15, 16] * 2
    at.page.go_back()
    at.page.wait_for_url(SUBMISSION)
    at.page.fill("[name=why]", "复核发现第二户产值漏填，见合同台账")
    at.page.click('form[action$="/submit/"] button')
    at.page.wait_for_load_state()
    assert at.page.get_attribute("h1 + p .status", "data-status") == "submitted"
    newest = Submission.objects.filter(city=city).order_by("-version").first()
    assert newest.status == "submitted"


@pytest.fixture
def period_of(lines):
    """The quarter that is reported for."""
    return Submission.period.field.related_model.objects.get(code=PERIOD)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_workbook_is_dropped_checked_and_not_kept(officers, faulty, tmp_path, width):
    before = Submission.objects.count()
    at = officers(CHECK, width)
    drop(at.page, faulty)
    at.page.click(SEND)
    at.page.wait_for_selector("#checked")

    assert cells(at.page) >= {f"企业明细!{NO_NUMBER}"}
    with at.page.expect_download() as download:
        at.page.click('form[action$="/marked/"] button')
    download.value.save_as(tmp_path / "marked.xlsx")
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert book["企业明细"][NO_NUMBER].comment
    assert Submission.objects.count() == before


def test_that_nothing_can_be_read_is_said(officers):
    at = officers(CHECK)
    drop(at.page, b"%PDF-1.7", "报表.pdf")
    at.page.click(SEND)
    at.page.wait_for_selector("#checked")

    assert at.page.locator("#E115").count() == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_a_workbook_waits_is_read_and_ends_at_its_findings(
    browse, signed_in, officer, lines, settings, tmp_path, scripts
):
    settings.TASKS = QUEUE
    page = browse("wide", java_script_enabled=scripts).page
    signed_in(page, "officer")
    many = [forge.enterprise(n) for n in range(1, LINES + 1)]
    page.goto(UPLOAD)
    page.set_input_files("[name=file]", forge.saved(forge.workbook(enterprises=many), tmp_path))
    page.click(SEND)
    page.wait_for_url(SUBMISSION)
    assert page.locator("[data-job][data-state=waiting]").count() == 1
    assert page.locator("article.finding-group").count() == 0
    # Seen again after a reload, without a worker.
    page.reload()
    assert page.locator("[data-job] .notice").count() == 1

    with worker_process(tmp_path):
        page.wait_for_selector("article.finding-group", timeout=60_000)
    assert page.locator("[data-job]").count() == 0
    assert Submission.objects.latest("pk").lines == LINES


def test_too_large_a_file_is_told_before_it_is_sent(officers):
    at = officers(UPLOAD)
    at.page.evaluate(
        f"""() => {{
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array({limits.FILE_SIZE + 1})], "a.xlsx"));
        const input = document.querySelector("[name=file]");
        input.files = transfer.files;
        input.dispatchEvent(new Event("change", {{bubbles: true}}));
    }}"""
    )
    assert "10 MiB" in at.page.inner_text(REFUSED)
    at.page.click(SEND)

    assert "10 MiB" in at.page.inner_text(REFUSED)
    assert not at.sent


def test_clicked_twice_it_is_sent_once(officers, faulty):
    at = officers(UPLOAD)
    drop(at.page, faulty)
    at.page.dblclick(SEND)
    at.page.wait_for_url(SUBMISSION)

    assert len(at.sent) == 1


@pytest.mark.fault("F-49")
def test_a_line_that_breaks_is_told_and_the_button_pressed_again(officers, faulty, city):
    at = officers(UPLOAD)
    drop(at.page, faulty)
    at.page.route("**/submissions/new/**", lambda route: route.abort("connectionreset"))
    at.page.click(SEND)
    at.page.wait_for_selector(TROUBLE)
    assert not Submission.objects.filter(city=city).exists()

    at.page.unroute("**/submissions/new/**")
    at.page.click(SEND)
    at.page.wait_for_url(SUBMISSION)
    assert Submission.objects.filter(city=city).count() == 1


@pytest.mark.fault("F-49")
def test_an_answer_that_is_lost_makes_no_second_version(officers, faulty, city):
    at = officers(UPLOAD)
    drop(at.page, faulty)

    def lose(route):
        route.fetch()
        route.abort("connectionreset")

    at.page.route("**/submissions/new/**", lose)
    at.page.click(SEND)
    at.page.wait_for_selector(TROUBLE)
    assert Submission.objects.filter(city=city).count() == 1

    at.page.unroute("**/submissions/new/**")
    at.page.click(SEND)
    at.page.wait_for_url(SUBMISSION)
    assert Submission.objects.filter(city=city).count() == 1


def test_a_check_that_breaks_off_is_said_beside_the_kept_file(officers, faulty, city, monkeypatch):
    at = officers(UPLOAD)
    drop(at.page, faulty)
    with monkeypatch.context() as broken:
        broken.setattr(receiving.checking, "check", lambda *a, **k: 1 / 0)
        at.page.click(SEND)
        at.page.wait_for_url(SUBMISSION)
    assert at.page.locator("main .notice[role=alert]").count() == 1
    at.page.click('form[action$="/check-again/"] button')
    at.page.wait_for_load_state()

    assert f"企业明细!{NO_NUMBER}" in cells(at.page)
    assert Submission.objects.filter(city=city).count() == 1


def test_what_the_server_refuses_is_said_and_the_file_is_still_chosen(officers, faulty, period_of):
    at = officers(UPLOAD)
    drop(at.page, faulty)
    at.page.evaluate("document.querySelector('[name=period]').selectedOptions[0].value = '2099Q1'")
    at.page.click(SEND)
    at.page.wait_for_selector("main .notice[role=alert]:not([data-trouble])")
    assert at.page.evaluate("document.querySelector('[name=file]').files.length") == 1

    at.page.select_option("[name=period]", PERIOD)
    at.page.click(SEND)
    at.page.wait_for_url(SUBMISSION)


def test_who_is_no_longer_signed_in_is_told(officers, faulty):
    at = officers(UPLOAD)
    drop(at.page, faulty)
    at.page.context.clear_cookies(name="sessionid")
    at.page.click(SEND)
    at.page.wait_for_selector(f"{TROUBLE} a")

    assert "/accounts/login/?next=%2Fsubmissions%2Fnew%2F" in at.page.get_attribute(
        f"{TROUBLE} a", "href"
    )


def test_a_file_saved_again_since_it_was_chosen_is_told(officers, faulty, tmp_path):
    path = forge.saved(faulty, tmp_path)
    at = officers(CHECK)
    at.page.set_input_files("[name=file]", path)
    path.write_bytes(faulty + b"0" * 100)
    at.page.click(SEND)
    at.page.wait_for_selector(TROUBLE)

    assert not at.sent


def test_sending_can_be_stopped(officers, faulty, city):
    at = officers(UPLOAD)
    drop(at.page, faulty)
    at.page.route("**/submissions/new/**", lambda route: None)
    at.page.click(SEND)
    at.page.click("[data-stop]")
    at.page.wait_for_selector(TROUBLE)

    assert at.page.is_enabled(SEND)
    assert not Submission.objects.filter(city=city).exists()


def test_a_workbook_is_checked_without_javascript(browse, signed_in, faulty, officer, tmp_path):
    page = browse("narrow", java_script_enabled=False).page
    signed_in(page, "officer")
    page.goto(CHECK)
    page.set_input_files("[name=file]", forge.saved(faulty, tmp_path))
    page.click(SEND)
    page.wait_for_load_state()

    assert f"企业明细!{NO_NUMBER}" in cells(page)
    assert not page.locator("[data-drop-hint]").is_visible()


def test_two_files_at_once_are_refused(officers, faulty):
    at = officers(UPLOAD)
    at.page.evaluate(
        """() => {
        const transfer = new DataTransfer();
        transfer.items.add(new File(["1"], "a.xlsx"));
        transfer.items.add(new File(["2"], "b.xlsx"));
        const zone = document.querySelector("[data-drop-zone]");
        zone.dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, bubbles: true}));
    }"""
    )

    assert at.page.is_visible(REFUSED)
    assert at.page.evaluate("document.querySelector('[name=file]').files.length") == 0
