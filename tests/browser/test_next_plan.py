"""
The next plan, entered by one administrator and confirmed by another: no code knows of it.

It appears on the overview, on its targets' pages and in the API, for its own quarters only.
"""

import pytest

from tests.factories import make_period, make_user
from tests.province import make_province

pytestmark = pytest.mark.browser

PERIOD, BEFORE = "2026Q1", "2025Q3"
SHARE, FIRMS, OUTPUT = "cluster-output-share", "firms-over-200m", "province-output-value"
PLAN = "示例：下一个五年计划（2026—2030年）"


def choose(page, field, text):
    """Choose from a list what has these words in its name."""
    options = page.locator(f"select[name={field}] option", has_text=text)
    page.select_option(f"select[name={field}]", options.first.get_attribute("value"))


def enter(pages, address, reason, named=(), chosen=(), **fields):
    """Fill in an admin form on the first page and save it; confirm it on the second."""
    page, second = pages
    page.goto(f"/admin/{address}/add/")
    for field, text in named:
        choose(page, field, text)
    for field, value in chosen:
        page.select_option(f"[name={field}]", value)
    for field, value in fields.items():
        page.fill(f"[name={field}]", value)
    save(page, second, reason)


def save(page, second, reason):
    """Save the form with its reason, which makes a proposal; confirm that on the second page."""
    page.fill("[name=reason]", reason)
    page.click("[name=_save]")
    page.wait_for_load_state()
    assert "/proposals/" in page.url, page.inner_text(".errornote, .errorlist")
    second.goto(page.url)
    second.click("form[action$='/confirm/'] button")
    second.wait_for_load_state()
    assert second.locator("form[action$='/confirm/']").count() == 0


@pytest.fixture
def admins_page(browse, sign_in, admin, official):
    make_province(period=PERIOD)
    make_period(BEFORE)
    watched = browse()
    sign_in(watched.page, "admin")
    return watched


@pytest.fixture
def second(admins_page, browse, sign_in):
    """The page of another administrator."""
    make_user("admin", username="admin2")
    page = browse().page
    sign_in(page, "admin2")
    return page


def verdicts(page, period):
    """The codes of the verdicts on the overview, in their order."""
    page.goto(f"/?period={period}")
    ids = page.locator(".goal-card__name").evaluate_all("names => names.map(one => one.id)")
    return [one.removeprefix("verdict-") for one in ids]


def figure(page, code):
    """The figure of a target on the overview."""
    return page.inner_text(f"[aria-labelledby=verdict-{code}] .sized").replace("\n", "")


def enter_the_plan(pages):
    enter(
        pages,
        "clusters/plan",
        "示例文件一号",
        code="next",
        title=PLAN,
        first_year="2026",
        last_year="2030",
    )
    enter(
        pages,
        "clusters/cluster",
        "示例文件一号",
        [("plan", "五年计划"), ("city", "济南")],
        slug="jinan",
        name="济南新集群",
        name_en="New cluster of Jinan",
    )
    target, plan = "indicators/target", [("plan", "五年计划")]
    enter(
        pages,
        target,
        "示例文件一号",
        plan,
        indicator=SHARE,
        position="1",
        value="0.55",
        period="2030Q4",
    )
    enter(
        pages,
        target,
        "示例文件一号",
        plan,
        [("kind", "count"), ("measure", "revenue"), ("unit", "count")],
        indicator=FIRMS,
        position="2",
        name="环保营业收入过2亿元企业数",
        name_en="Enterprises over 200 million yuan",
        threshold="200000000",
        value="150",
        period="2030Q4",
    )
    enter(
        pages,
        target,
        "示例文件一号",
        plan,
        [("kind", "level"), ("measure", "output_value"), ("unit", "yi")],
        indicator=OUTPUT,
        position="3",
        name="全省环保业务产值",
        name_en="The province's output",
        value="2000",
        period="2030Q4",
        baseline_value="1500",
        baseline_period="2025Q4",
    )


def test_a_plan_of_three_targets_appears_everywhere_without_code(
    admins_page, second, browse, sign_in
):
    enter_the_plan((admins_page.page, second))
    admins_page.assert_quiet()

    reader = browse()
    sign_in(reader.page, "official")
    assert verdicts(reader.page, PERIOD) == [SHARE, FIRMS, OUTPUT]
    assert PLAN in reader.page.inner_text(".overview__more")
    # One city of sixteen builds a cluster under this plan; each made 100 million.
    assert figure(reader.page, SHARE).startswith("6.3%")
    assert figure(reader.page, OUTPUT) == "16.00亿元"
    assert figure(reader.page, FIRMS).startswith("0")
    assert verdicts(reader.page, BEFORE) == [SHARE, "firms-over-100m"]

    for code, words in ((SHARE, "55%"), (FIRMS, "150家"), (OUTPUT, "2000亿元")):
        reader.page.goto(f"/indicators/{code}/?period={PERIOD}")
        assert words in reader.page.inner_text("main")
        assert "示例文件一号" in reader.page.inner_text("section[aria-labelledby=versions]")
        answer = reader.page.request.get(
            f"/api/v1/indicators/{code}/?period={PERIOD}", headers={"Accept-Language": "zh-CN"}
        ).json()
        sentence = reader.page.inner_text(".verdict__why")
        assert answer["explanation"] == sentence

    rows = reader.page.request.get(f"/api/v1/indicators/?period={PERIOD}").json()
    assert [(row["code"], row["unit"], row["target"]["value"]) for row in rows] == [
        (SHARE, "ratio", "0.55"),
        (FIRMS, "count", "150"),
        (OUTPUT, "yuan", "200000000000"),
    ]
    assert {row["plan"] for row in rows} == {PLAN}


def test_a_target_is_changed_with_a_reason_and_its_page_keeps_what_it_was(admins_page, second):
    page = admins_page.page
    enter_the_plan((page, second))
    page.goto("/admin/indicators/target/")
    page.click(f"th a:has-text('{OUTPUT}')")
    page.fill("[name=value]", "2100")
    page.click(".add-row a")
    page.fill("[name=interim_points-0-period]", "2027Q4")
    page.fill("[name=interim_points-0-value]", "1700")
    save(page, second, "示例文件二号")

    page.goto(f"/indicators/{OUTPUT}/?period={PERIOD}")
    assert "2100亿元" in page.inner_text(".verdict")
    newest, first = page.locator("section[aria-labelledby=versions] tbody tr").all()
    assert "2100亿元" in newest.inner_text()
    assert "2000 → 2100" in newest.inner_text()
    assert "— → 1700" in newest.inner_text()
    assert "示例文件二号" in newest.inner_text()
    assert "admin" in newest.inner_text()
    assert "2000亿元" in first.inner_text()
    assert "示例文件一号" in first.inner_text()
