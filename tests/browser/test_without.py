"""Without a mouse, and without JavaScript."""

from io import BytesIO

import pytest

from submissions.intake import receiving
from submissions.intake.originals import content_of
from submissions.review import actions, explaining
from tests.browser.coverage_bar import cities_on
from tests.factories import (
    make_city,
    make_city_return,
    make_enterprise,
    make_period,
    make_publication,
)
from tests.province import make_province
from tests.submissions.fault_catalogue import forge

pytestmark = pytest.mark.browser

PERIOD = "2025Q3"


@pytest.fixture
def workbook(city, officer, tmp_path):
    """A workbook of Jinan's that can be submitted as it is; the other cities have reported."""
    make_province(period=PERIOD, silent=[city.code])
    lines = [
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
    return forge.saved(forge.workbook(enterprises=lines), tmp_path, "济南.xlsx")


def tab_to(page, selector):
    """Press Tab until the element has the focus, and hold that it shows."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            style = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(style) != "none", f"nobody sees that {selector} has the focus"
            return
    raise AssertionError(f"Tab never comes to {selector}")


def test_a_workbook_is_uploaded_and_submitted_by_the_keyboard_alone(browse, sign_in, workbook):
    watched = browse()
    page = watched.page
    # Now: Chromium is told to hand choosers over when the first listener comes, and takes a while.
    page.on("filechooser", lambda _: None)
    sign_in(page, "officer")

    # A bureau begins there; the entry leads to it from everywhere.
    assert page.url.endswith("/submissions/")
    press_enter_on(page, 'nav a[href="/submissions/"]', "/submissions/")
    tab_to(page, f'main a[href*="/submissions/new/?period={PERIOD}"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/submissions/new/**")
    tab_to(page, "[name=file]")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(workbook)
    tab_to(page, "main form button[type=submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, 'form[action$="/submit/"] button')
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.get_attribute("h1 + p .status", "data-status") == "submitted"
    watched.assert_quiet()


@pytest.fixture
def traced(workbook, officer, reviewer):
    """The province's figures with Jinan's workbook accepted, so that its cells are on record."""
    submission = receiving.receive(
        BytesIO(workbook.read_bytes()),
        filename=workbook.name,
        city=make_city("370100"),
        period=make_period(PERIOD),
        by=officer,
    )
    receiving.read_and_check(submission)
    for finding in submission.findings.unanswered():
        explaining.explain(finding, text="情况属实，已核对", by=officer)
    actions.submit(submission, by=officer)
    return actions.accept(submission, by=reviewer)


def press_enter_on(page, selector, address):
    """Tab to a link or a button, follow it, and hold where it leads."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert address in page.url


def test_a_figure_is_followed_to_its_cell_and_file_by_the_keyboard_alone(browse, traced, official):
    make_city_return(make_city("370200"), make_period("2025Q2"))
    make_publication()
    watched = browse()
    page = watched.page
    page.goto("/accounts/login/")
    for field, text in (("username", official.username), ("password", "correct horse")):
        tab_to(page, f"[name={field}]")
        page.keyboard.type(text)
    press_enter_on(page, "main form button[type=submit]", "/")

    tab_to(page, "#viewpoint-period")
    page.keyboard.press("ArrowDown")
    press_enter_on(page, ".viewpoint-line__form > button", "period=2025Q2")
    tab_to(page, "#viewpoint-period")
    page.keyboard.press("ArrowUp")
    press_enter_on(page, ".viewpoint-line__form > button", f"period={PERIOD}")
    press_enter_on(page, "#verdict-cluster-output-share a", "/indicators/")
    press_enter_on(page, '.city-links a[href*="/cities/jinan/"]', "/cities/jinan/")
    press_enter_on(page, "a.trace", "/cell/")
    tab_to(page, 'a[href$="/original/"]')
    with page.expect_download() as download:
        page.keyboard.press("Enter")

    assert download.value.path().read_bytes() == content_of(traced)
    watched.assert_quiet()


def test_the_first_tab_skips_to_the_content(browse, sign_in, workbook):
    page = browse().page
    sign_in(page, "officer")

    tab_to(page, ".skip-link")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_figures_and_tables_are_read_without_javascript(browse, sign_in, workbook, official):
    watched = browse(java_script_enabled=False)
    page = watched.page
    sign_in(page, "official")

    share = page.locator("[aria-labelledby=verdict-cluster-output-share] .goal-card__words")
    assert share.inner_text().startswith("尚不能估计")
    assert cities_on(page) == ("15", "16")
    # The map is shaded by another measure by the style sheet alone.
    choices = page.locator("[name=map-measure]").all()
    keys = page.locator(".province-map__key")
    for choice in choices:
        choice.check()
        assert keys.locator("visible=true").count() == 1
    page.select_option("[name=period]", PERIOD)
    page.click(".viewpoint-line__form > button")
    assert f"period={PERIOD}" in page.url
    page.goto("/indicators/cluster-output-share/")
    charts = page.locator("figure[data-figure]").all()
    assert charts
    for chart in charts:
        assert not chart.locator("svg").count()
        if not chart.locator("table").is_visible():
            chart.locator("summary").click()
        assert chart.locator("table").is_visible()
    watched.assert_quiet()


def test_a_workbook_is_uploaded_and_submitted_without_javascript(browse, sign_in, workbook):
    watched = browse("narrow", java_script_enabled=False)
    page = watched.page
    sign_in(page, "officer")

    page.goto(f"/submissions/new/?period={PERIOD}")
    page.set_input_files("[name=file]", workbook)
    page.click("main form button[type=submit]")
    page.click('form[action$="/submit/"] button')

    assert page.get_attribute("h1 + p .status", "data-status") == "submitted"
    watched.assert_quiet()
