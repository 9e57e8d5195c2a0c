"""Provinces whose briefing is as long as one can be, and what a printed page holds."""

from pypdf import PdfReader

from clusters.models import BlockReturn, Cluster, Plan
from clusters.viewpoint import today
from config.deploy.pdf_text import sign
from enterprises.models import Tier
from foundation.quarters import Quarter
from indicators.data import notes
from indicators.models import Target
from submissions.papers.issuing import issue_briefing
from tests.audit.rewritten import rewrite
from tests.factories import CITIES, make_city, make_city_return, make_enterprise, make_period
from tests.province import make_firms, make_province

A4 = (595, 842)
# Points at the foot of a page that hold its number alone.
MARGIN = 36
ALL_NAMES = [name for _slug, name, _short, _en in CITIES.values()]
# 200 signs is the most that a plan's title holds, and so on.
LONG_TITLE = "山东省生态环保产业高质量发展工程行动计划" * 10
LONG_NAME = "综合性生态环保产业集群与循环经济示范区建设（试点）" * 3


def long_winded(by, *, speaking):
    """
    The longest names there can be, a briefing before, and all cities silent but for a few.

    speaking  codes of the cities that report the quarter; the others had reported the one before
    """
    make_province(period="2025Q2", firms=3)
    Plan.objects.update(title=LONG_TITLE[:200])
    for cluster in Cluster.objects.all():
        cluster.name = f"{cluster.city.short_name}{LONG_NAME}"[:100]
        cluster.save()
    for position, name in enumerate(
        ("龙头骨干企业", "“链主”领军企业", "“专精特新”企业", "上市公司")
    ):
        Tier.objects.create(
            code=f"tier-{position}", name=(name * 8)[:50], name_en="x", position=position
        )
    Target.objects.update(
        baseline_value="0.1", baseline_period="2022Q4", baseline_source="合成的基期值"
    )
    issue_briefing(today(Quarter(2025, 2)), by=by)
    quarter = make_period("2025Q3")
    for code in speaking:
        make_city_return(make_city(code), quarter, output_value="123456789012.34")
        make_firms(make_city(code), quarter, 3)
    make_enterprise(make_city(), is_demonstration=True)
    rewrite(
        BlockReturn.objects.filter(block__category__cluster__slug="zibo"),
        status="building",
        planned_on="2025-06-30",
    )
    for number in range(1, 5):
        text = "企业合并、停产与搬迁，致本季度口径有变。" * number * 5
        notes.write("target:firms-over-100m", quarter, text, by=by)


def filled(page):
    """How far down a printed page its lowest text stands, as a part of it; its number left out."""
    places = []

    def note(text, matrix, place, _font, size):
        height = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        # A watermark lies across the page, and the page's number in its margin.
        if text.strip() and size * abs(matrix[3]) < 40 and height > MARGIN:
            places.append(height)

    page.extract_text(visitor_text=note)
    height = float(page.mediabox.height)
    return 1 - min(places, default=height) / height


def plain(text, alike):
    """A text without blanks, and of signs that look alike one if wanted."""
    if alike:
        text = "".join(chr(sign(ord(one))) for one in text)
    return "".join(text.split())


def whole_page(path, *, of=(), alike=False):
    """
    Hold that a PDF is one A4 page, with all these words, and return its text.

    alike  whether signs that look alike count as one: LibreOffice names some by their radicals
    """
    [page] = PdfReader(path).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
    text = plain(page.extract_text(), alike)
    for words in of:
        assert plain(words, alike) in text, f"{words} is not on the page"
    return text
