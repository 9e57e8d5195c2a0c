"""Every page in Chinese, as the officials read it: no English word is left over."""

import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.contrib.admin import site
from django.urls import reverse
from django.utils import translation

from accounts.roles import ROLES
from clusters.models import Plan
from clusters.viewpoint import today
from config.deploy import reference_data
from enterprises.models import Enterprise
from foundation.quarters import Quarter
from foundation.statuses import STATUSES
from indicators.formulas.break_even import BreakEven
from indicators.formulas.certain_range import CertainRange
from indicators.formulas.likely_range import LikelyRange, NoEstimate
from indicators.models import Note
from indicators.verdict.explanation import Silence, explain
from indicators.verdict.goal import Goal
from indicators.verdict.range_words import break_even_words
from indicators.verdict.sentences import ValueKind
from indicators.verdict.standing import CoverageCount, judge
from parks.models import Park
from submissions.models import Submission
from submissions.papers.issuing import issue_assessment, issue_briefing
from submissions.rules.catalogue import CATALOGUE
from tests import factories
from tests.factories import make_city, make_enterprise, make_period
from tests.submissions.cast import make_finding, make_row, make_submission

CHINESE = "zh-hans"
WORD = re.compile(r"[A-Za-z]{3,}")

# Formats, programs and standards that Chinese officials call by these names too.
PROPER_NAMES = {
    *("Excel", "WPS", "CSV", "csv", "UTF", "XML", "HTML", "MHTML", "OLE", "NUL", "API", "Cookie"),
    *("xlsx", "xls", "xlsm", "ods", "pdf", "MiB", "GiB", "TRUE", "FALSE", "REF", "Big", "Sheet"),
    *("English", "SHA", "JSON", "PNG", "SVG", "XLSX", "LDAP", "ZIP", "Word", "docx", "Windows"),
    "LibreOffice",
    # A hash is made anew by these commands, whatever language one speaks.
    *("sha", "sum", "json", "certutil", "hashfile"),
}
# What Django's admin site calls its pictures, in English in every language.
DJANGOS_PICTURES = {"Search", "True", "False"}
# What looks like a word and is a code: a credit code, a file, an address, a hash.
CODES = re.compile(
    r"\b[0-9A-Z]{18}\b|https?://\S+|www\.\S+|\b[\w-]+\.(?:xlsx|xls|csv|gov\.cn|org\.cn|cn)\b"
    r"|\b(?:cluster-output-share|firms-over-100m)\b|\b[0-9a-f]{8}\b|\b[0-9a-f]{12,}\b|\w+\*{6,}"
)


class Texts(HTMLParser):
    """Collects what a reader sees or hears of a page, and what a bubble says."""

    SILENT = {"script", "style", "template"}
    SPOKEN = {"title", "aria-label", "alt", "placeholder", "data-label", "content", "summary"}

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        english = given.get("lang", "").startswith("en")
        if english or tag in self.SILENT or tag in self.inside[-1:]:
            self.inside.append(tag)
        if tag == "meta" and given.get("name") != "description":
            return
        self.texts += [given[name] or "" for name in self.SPOKEN & given.keys()]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self.texts.append(given.get("value") or "")

    def handle_endtag(self, tag):
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.texts.append(data)


def english_in(text: str, known: set[str]) -> list[str]:
    """Return the English words of a text that are neither codes nor proper names."""
    return [word for word in WORD.findall(CODES.sub(" ", text)) if word not in known]


def english_on(answer, known: set[str]) -> set[str]:
    """Return the texts of a page that hold an English word."""
    page = Texts()
    page.feed(answer.content.decode())
    return {text.strip() for text in page.texts if english_in(text, known)}


@pytest.fixture(scope="module")
def _province(people):
    """The plan as it is published, and one of everything in Jinan."""
    officer = people["officer"]
    reference_data.load()
    jinan, period, earlier = make_city("370100"), make_period("2025Q3"), make_period("2025Q2")
    for code in ("370100", "370200"):
        for quarter in (earlier, period):
            factories.make_city_return(make_city(code), quarter)
    enterprise = make_enterprise(jinan, name="济南某企业")
    for quarter in (earlier, period):
        factories.make_enterprise_return(enterprise, quarter)
    about = "target:cluster-output-share"
    Note.objects.create(about=about, period=period, text="口径调整", written_by=officer)
    submission = make_submission(jinan, period, by=officer, status="submitted")
    make_row(submission, key=enterprise.credit_code)
    total = {"measure": "环保业务产值", "this_year": "1000.00"}
    make_row(submission, "city", "output_value", row=6, sheet="城市汇总", **total)
    make_submission(
        make_city("370200"), period, status="accepted", reviewer=factories.make_user("reviewer")
    )
    make_submission(make_city("370300"), period, status="sent_back", reason="请核对")
    return submission


@pytest.fixture
def province(_province, db):
    """The same for one test."""
    return _province


@pytest.fixture(params=["officer", "reviewer", "official", "admin", "auditor"])
def reader(request, client, province, people):
    """The browser of each who reads, signed in."""
    client.force_login(people[request.param])
    return client


@pytest.fixture
def officer(province, people):
    return people["officer"]


@pytest.fixture
def uploaded(province, officer):
    """A submission with every finding there is."""
    submission = make_submission(make_city("370100"), make_period("2025Q2"), by=officer)
    for code in CATALOGUE:
        make_finding(submission, code, params={})
    return submission


def known_names() -> set[str]:
    """Words that are names here: of cities, of the accounts of this test."""
    names = PROPER_NAMES | ROLES.keys() | {"officer", "stranger", "user"}
    return names | {slug for slug in Park.objects.values_list("city__slug", flat=True)}


PAGES = [
    "/",
    "/?period=2025Q3&as_of=2025-11-30",
    "/indicators/cluster-output-share/?period=2025Q3",
    "/indicators/firms-over-100m/?period=2025Q3",
    "/briefing/2025Q3/",
    "/assessment/311/",
    "/indicators/firms-over-100m/firms/?period=2025Q3",
    "/indicators/firms-over-100m/firms/?period=2025Q3&city=没有这个市",
    "/indicators/firms-over-100m/heaping/?period=2025Q3",
    "/what-if/?period=2025Q3",
    "/what-if/?period=2025Q3&output-jinan=5",
    "/what-if/?period=2025Q3&output-jinan=x&without=1",
    "/indicators/cluster-output-share/movement/?period=2025Q3",
    "/indicators/firms-over-100m/movement/?period=2025Q3&from=2024Q3&since=2025-09-30",
    "/indicators/firms-over-100m/movement/?period=2025Q3&from=2025Q2&since=2999-09-30",
    "/methods/?period=2025Q3",
    "/growth/?period=2025Q3",
    "/growth/?period=2025Q3&of=jinan&measure=output_value",
    "/clusters/",
    "/clusters/jinan/?period=2025Q3",
    "/clusters/qingdao/",
    "/cities/?period=2025Q3",
    "/cities/jinan/?period=2025Q3",
    "/cities/heze/?period=2025Q3",
    "/parks/",
    "/enterprises/",
    "/enterprises/?q=没有这样的企业",
    "/notes/new/?about=target:cluster-output-share&period=2025Q3",
    "/submissions/",
    "/submissions/rules/",
    "/submissions/restatements/",
    "/submissions/new/",
    "/submissions/check/",
    "/accounts/password/",
    "/help/",
    *(f"/help/{key}/" for key in ROLES),
    "/nowhere/",
]


def fetch(client, address):
    """Ask for a page as a browser set to Chinese does, following to where it leads."""
    return client.get(address, headers={"accept-language": CHINESE}, follow=True)


def test_every_page_speaks_chinese(reader):
    known, left = known_names(), {}
    for address in PAGES:
        answer = fetch(reader, address)
        if answer.headers["Content-Language"] != CHINESE:
            left[address] = answer.headers["Content-Language"]
        elif words := english_on(answer, known):
            left[address] = words

    assert left == {}


@pytest.mark.parametrize("role", ["officer", "reviewer"])
@pytest.mark.parametrize("part", ["", "cells/", "cell/?at=企业明细!A5", "cell/?at=城市汇总!B6"])
def test_the_pages_of_a_submission_speak_chinese(client, province, people, role, part):
    client.force_login(people[role])

    for submission in Submission.objects.filter(city__slug="jinan"):
        answer = fetch(client, f"/submissions/{submission.pk}/{part}")
        assert answer.status_code == 200
        assert english_on(answer, known_names()) == set()


def test_the_pages_of_a_park_and_of_an_enterprise_speak_chinese(client, province, people):
    client.force_login(people["official"])

    for one in (Park.objects.first(), Enterprise.objects.get()):
        answer = fetch(client, one.get_absolute_url() + "?period=2025Q3")
        assert answer.status_code == 200
        assert english_on(answer, known_names()) == set()


def test_what_changed_since_the_last_look_speaks_chinese(client, province, people):
    client.force_login(people["official"])
    values = {"cluster-output-share": "0.25", "firms-over-100m": None}
    look = {"at": "2025-11-01T10:00:00+08:00", "quarter": "2025Q3", "values": values}

    for shown in ("", "2000-01-01T00:00:00+00:00"):
        headers = {"accept-language": CHINESE}
        answer = client.post("/seen/", {"shown": shown}, headers=headers, follow=True)
        assert english_on(answer, known_names()) == set()
    people["official"].last_look = look
    people["official"].save()
    answer = fetch(client, "/")
    assert answer.context["since"].has_changed
    assert english_on(answer, known_names()) == set()


def test_issued_papers_speak_chinese(client, province, people):
    reviewer = people["reviewer"]
    client.force_login(reviewer)
    seen = today(Quarter(2025, 3))
    issue_briefing(seen, by=reviewer)
    papers = [
        issue_briefing(seen, by=reviewer),
        issue_assessment(Plan.objects.get(), seen, by=reviewer),
    ]
    factories.make_city_return(make_city("370300"), make_period("2025Q3"))
    factories.make_publication()

    for one in papers:
        answer = fetch(client, one.get_absolute_url())
        assert answer.status_code == 200
        assert english_on(answer, known_names()) == set()


def test_every_finding_speaks_chinese(client, uploaded, officer):
    client.force_login(officer)

    answer = fetch(client, f"/submissions/{uploaded.pk}/")

    assert english_on(answer, known_names()) == set()


def test_signing_in_speaks_chinese(client, db):
    wrong = {"username": "nobody", "password": "wrong"}

    for answer in (
        fetch(client, "/accounts/login/"),
        client.post("/accounts/login/", wrong, headers={"accept-language": CHINESE}),
    ):
        assert english_on(answer, PROPER_NAMES) == set()


def admin_pages():
    """The address of every list and every form that adds or changes a record."""
    yield reverse("admin:index")
    for model, models_admin in site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        one = model._default_manager.first()
        if one is not None:
            yield reverse(f"{name}_change", args=[one.pk])
            if hasattr(models_admin, "history_view"):
                yield reverse(f"{name}_history", args=[one.pk])


def test_the_admin_site_speaks_chinese(client, province, people):
    client.force_login(people["admin"])
    # English names and slugs are kept there on purpose, and sources are quoted as they are.
    known = known_names() | kept_in_english() | ROLES.keys() | DJANGOS_PICTURES

    left = {address: english_on(fetch(client, address), known) for address in admin_pages()}

    assert {address: words for address, words in left.items() if words} == {}


def kept_in_english() -> set[str]:
    """Words of the fields whose content is English."""
    texts = []
    for model in site._registry:
        fields = {field.name for field in model._meta.get_fields()}
        for name in fields & {"name_en", "slug", "source", "code"}:
            texts += [str(text) for text in model._default_manager.values_list(name, flat=True)]
    return {word for text in texts for word in WORD.findall(text)}


def test_roles_and_statuses_have_chinese_names():
    with translation.override(CHINESE):
        words = [str(word) for word, *_ in STATUSES.values()]
        words += [str(text) for role in ROLES.values() for text in (role.name, role.purpose)]
    assert [word for word in words if english_in(word, set())] == []


def explained(value, goal, quarter, kind, silence=None, **more):
    """The explanation of a verdict, in Chinese."""
    verdict = judge(value and Decimal(value), goal, Quarter.parse(quarter), **more)
    with translation.override(CHINESE):
        return explain(verdict, kind, silence)


def test_a_count_is_explained_in_one_chinese_sentence():
    goal = Goal(Decimal("300"), ">=", Quarter(2025, 4), Decimal("220"), Quarter(2022, 4))

    said = explained("251", goal, "2024Q4", ValueKind.FIRMS, coverage=CoverageCount(16, 16))

    assert said == (
        "截至2024年末为251家；由基期值220到目标值300，完成进度39%，序时进度67%；"
        "落后序时进度28个百分点（落后10个百分点起为黄色，超过30个百分点为红色）；"
        "16个市中16个已审核通过。"
    )


def test_a_share_that_the_silent_could_unmake_is_explained_in_one_chinese_sentence():
    goal = Goal(Decimal("0.5"), ">=", Quarter(2025, 4))
    cities = ["烟台市", "临沂市", "聊城市"]
    turn = BreakEven(
        rises=False,
        amount=Decimal("26405000000"),
        remaining=Decimal("9576100000"),
        remaining_growth=Decimal("0.3875"),
        so_far_growth=Decimal("0.088"),
        fastest=Decimal("0.1062"),
    )
    with translation.override(CHINESE):
        words = break_even_words(
            turn, cities, Quarter(2025, 4), Quarter(2025, 3), missed=True, at_target=True
        )

    said = explained(
        None,
        goal,
        "2025Q4",
        ValueKind.SHARE,
        Silence(missing=cities, weight=Decimal("0.84"), break_even=words),
        certain=CertainRange(None, Decimal("0.53249")),
        likely=LikelyRange(Decimal("0.5051"), Decimal("0.506"), Decimal("0.5079")),
        record_allows=True,
        coverage=CoverageCount(13, 16),
    )

    assert said == (
        "截至2025年末估计为50.5%—50.8%；"
        "不高于53.3%（条件：已审核的数据不再修订，各市年内累计数不下降）；"
        "暂无法判定：烟台市、临沂市和聊城市尚未上报；预计达标；"
        "烟台市、临沂市和聊城市四季度须做到95.76亿元以上"
        "（比上年四季度增长38.7%；前三季度增长8.8%；其他同类市四季度最快增长10.6%），才会未达标；"
        "已报13/16市，占上年产值84%。"
    )


def test_too_few_cities_are_explained_in_one_chinese_sentence():
    goal = Goal(Decimal("0.5"), ">=", Quarter(2025, 4))

    said = explained(
        None,
        goal,
        "2025Q4",
        ValueKind.SHARE,
        Silence(weight=Decimal("0.17"), no_estimate=NoEstimate.LOW_COVERAGE),
        coverage=CoverageCount(2, 16),
    )

    assert said == (
        "截至2025年末，尚不能估计：已报2/16市，占上年产值17%；"
        "尚无法确定区间；暂无法判定：尚有市未上报。"
    )
