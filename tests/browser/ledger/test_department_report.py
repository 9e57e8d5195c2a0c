"""A department reports on two pages, the reviewer accepts and checks, and the light follows."""

from datetime import date

import pytest

from tests.factories import make_period
from tests.measures.cast import make_department, make_member, make_report, make_task

pytestmark = pytest.mark.browser
DUE = date(2025, 9, 30)
GO_ON, SUBMIT = "main button[name=check]", "main form button[type=submit]"
ACCEPT = 'main form[action$="/accept/"] button'
CHECK = 'main form[action$="/check/"] button'


@pytest.fixture
def member():
    return make_member(make_department(), username="ecology")


@pytest.fixture
def task(member):
    for code in ("2025Q2", "2025Q3"):
        make_period(code)
    tasks = [make_task(f"1-0{n}", due=DUE, begins="2025Q2") for n in (1, 2)]
    for one in tasks:
        make_report(one, quarter="2025Q2", text="正在征求市级意见")
    return tasks[0]


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_the_light_follows_what_is_reported_and_accepted(
    browse, signed_in, member, reviewer, task, width
):
    step, other = (one.nodes.get().pk for one in task.area.tasks.all())
    page = browse(width).page
    signed_in(page, "ecology")
    page.goto("/measures/report/?period=2025Q3")
    page.select_option(f"[name='{step}-state']", "done")
    page.fill(f"[name='{step}-done_on']", "2025-09-20")
    page.fill(f"[name='{step}-evidence']", "鲁环发〔2025〕9号")
    page.click(GO_ON)
    assert "一字不差" in page.text_content("[role=alert]")
    page.click("[role=alert] a")
    for pk in (step, other):
        page.fill(f"[name='{pk}-text']", "送审稿已报请印发")
    page.click(GO_ON)
    page.click(SUBMIT)
    assert "等待审核" in page.text_content("main")
    page.goto("/measures/1-01/?period=2025Q3")
    page.click("summary:has-text('添加佐证材料')")
    page.fill("[name='evidence-document']", "鲁环发〔2025〕9号")
    page.click('main form[action$="/evidence/"] button')
    page.wait_for_load_state()
    page.goto("/measures/1-01/?period=2025Q3")
    assert "light_red" in page.content()

    signed_in(page, reviewer.username)
    page.goto("/measures/?period=2025Q3")
    page.click("[aria-labelledby=waiting] a[href*='/returns/']")
    page.click(ACCEPT)
    page.wait_for_load_state()
    page.goto("/measures/1-01/?period=2025Q3")
    assert "light_yellow" in page.content()
    page.click(CHECK)
    page.wait_for_load_state()
    page.goto("/measures/1-01/?period=2025Q3")
    assert "light_green" in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
