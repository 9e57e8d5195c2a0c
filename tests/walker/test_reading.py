"""What stands in a page, a file or an answer is read, with its unit and what it is called."""

import io
from decimal import Decimal

import openpyxl
import pytest
from docx import Document

from tests.walker.reading.messages import catalogue
from tests.walker.reading.numbers import found_in, masked
from tests.walker.walking import reading_of

PAGE = """<!doctype html><html><body><nav>7 parts</nav><main>
<h1>目标现状</h1>
<div class="verdict"><h2 class="verdict__name">产业集群环保业务产值占全省比重</h2>
  <p class="verdict__line"><span class="verdict__value">60.1%</span>
  <span class="status" data-status="achieved"><span aria-hidden="true"></span>已达标</span></p>
  <p>16个市中13个已审核通过 · 较2025年三季度−1.4个百分点。</p></div>
<section><h2>园区</h2>
<table><thead><tr><th>园区</th><th class="number">环保业务产值 (万元)</th><th>状态</th></tr></thead>
<tbody><tr><th>青岛园区</th><td class="number">5,000.25</td><td>未报送</td></tr>
<tr><th>枣庄园区</th><td class="number">0.00</td><td>—</td></tr></tbody></table></section>
<dl><dt>Target</dt><dd>at least 300 enterprises</dd></dl>
<figure data-figure="f1"><p class="chart__name">Cluster share</p>
<script id="f1" type="application/json">{"data": [{"name": "Pace", "x": ["2025Q3", "2025Q4"],
"y": [50.4, null]}], "layout": {"yaxis": {"range": [0, 70]}}}</script></figure>
<form><input type="hidden" name="csrf" value="123"><input name="output-jinan" value="5.5"></form>
<p hidden>99 hidden</p><script>var n = 98;</script>
<p title="12 in a bubble">Words alone.</p>
<a href="/cities/?period=2025Q4#top">here</a><a href="?download=parks.csv">CSV</a>
<a href="https://elsewhere.example/">away</a>
</main></body></html>"""


def numbers(values, **wanted):
    """The numbers of the values that have these attributes."""
    return [
        (str(v.number), v.unit)
        for v in values
        if v.number is not None and all(getattr(v, name) == is_ for name, is_ in wanted.items())
    ]


@pytest.fixture(scope="module")
def page():
    return reading_of("html", PAGE.encode(), here="/parks/?period=2025Q3")


# ---- text ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,304.61亿元", [("1304.61", "亿元")]),
        ("１２.５％", [("12.5", "%")]),
        ("−23", [("-23", "")]),
        ("+1.4个百分点", [("1.4", "个百分点")]),
        ("50.5%—50.8%", [("50.5", "%"), ("50.8", "%")]),
        ("253 to 327 enterprises", [("253", "enterprises"), ("327", "enterprises")]),
        ("13/16 cities", [("13", ""), ("16", "cities")]),
        ("35.56 hundred million yuan", [("35.56", "hundred million yuan")]),
        ("90人、3天", [("90", "人"), ("3", "天")]),
        ("W159 A5 91370100MA3ABCDE1X 0f3a9b7c", []),
    ],
)
def test_numbers_are_read_with_their_units(text, found):
    assert [(str(one.number), one.unit) for one in found_in(text)] == found


@pytest.mark.parametrize(
    ("chinese", "english", "date"),
    [
        ("2025年三季度", "Q3 2025", "2025Q3"),
        ("2025年1—9月", "January–September 2025", "2025-01/2025-09"),
        ("2026年1月18日", "18 January 2026", "2026-01-18"),
    ],
)
def test_a_date_is_no_number_and_the_same_in_both_languages(chinese, english, date):
    for text in (chinese, english):
        assert [(one.number, one.date) for one in found_in(text)] == [(None, date)]


def test_a_masked_text_says_the_same_whatever_the_numbers():
    assert masked("截至2024年末为251家") == masked("截至2025年末为300家") == "截至@为#"


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("已达标", "Achieved"),
        ("16个市中13个已审核通过", "13/16 cities accepted"),
        ("同比+5.2%", "+5.2% on the year"),
        ("较2025年三季度+1.4个百分点。", "+1.4 percentage points since Q3 2025."),
    ],
)
def test_the_same_label_in_both_languages_is_one_message(chinese, english):
    said = catalogue().label(chinese)
    assert said == catalogue().label(english)
    assert catalogue().look_up(chinese) is not None


def test_what_is_no_message_stays_as_it_is():
    assert catalogue().label("济南某某环保有限公司") == "济南某某环保有限公司"


# ---- a page ----------------------------------------------------------------------------


def test_a_tile_is_read_with_its_name_and_status(page):
    name = "Clusters' share of the province's environmental output value"
    assert numbers(page, where="tile", label=name) == [("60.1", "%")]
    assert [(v.label, v.text) for v in page if v.where == "status"] == [
        (catalogue().label("已达标"), "achieved")
    ]


def test_each_number_of_a_sentence_knows_its_placeholder(page):
    label = "%(accepted)s/%(expected)s cities accepted"
    assert {v.part: str(v.number) for v in page if v.label == label} == {
        "accepted": "13",
        "expected": "16",
    }
    assert ("-1.4", "个百分点") in numbers(page, where="sentence")


def test_a_cell_stands_under_its_heading_and_row_in_the_headings_unit(page):
    cells = [v for v in page if v.where == "table" and v.number is not None]
    assert [(v.context[-1], str(v.number), v.unit) for v in cells] == [
        ("青岛园区", "5000.25", "万元"),
        ("枣庄园区", "0.00", "万元"),
    ]
    assert {v.label for v in cells} == {catalogue().label("环保业务产值")}
    # What is not reported is a word and not a number.
    assert [v.text for v in page if v.context[-1:] == ("枣庄园区",)][-1] == "—"


def test_definitions_charts_fields_and_bubbles_are_read(page):
    assert numbers(page, where="definition", label="Target") == [("300", "enterprises")]
    chart = [(v.context[-1], v.number, v.text) for v in page if v.where == "chart"]
    assert ("2025Q3", Decimal("50.4"), "") in chart
    assert ("2025Q4", None, "(gap)") in chart
    assert numbers(page, where="input") == [("5.5", "")]
    assert numbers(page, where="spoken") == [("12", "")]


def test_what_nobody_sees_is_not_read(page):
    assert not {Decimal(n) for n in (7, 98, 99, 123)} & {v.number for v in page}


def test_links_within_the_site_are_told(page):
    assert page.links == ("/cities/?period=2025Q4", "/parks/?download=parks.csv")


def test_a_heading_above_two_columns_stands_over_each():
    table = (
        "<table><tr><th rowspan=2>City</th><th colspan=2>Revenue</th></tr>"
        "<tr><th>2024</th><th>2025</th></tr><tr><th>Jinan</th><td>1.5</td><td>2.5</td></tr></table>"
    )
    cells = [v for v in reading_of("html", table.encode()) if v.number is not None]
    assert [(v.label, str(v.number)) for v in cells] == [
        (catalogue().label("Revenue 2024"), "1.5"),
        (catalogue().label("Revenue 2025"), "2.5"),
    ]


# ---- files -----------------------------------------------------------------------------


def test_a_csv_is_read_with_headings_and_notes_but_not_the_moment_of_writing():
    body = (
        "园区,环保业务产值 (万元)\r\n青岛园区,5000.25\r\n烟台园区,未报送\r\n\r\n"
        "下载时间: 2026年1月1日 09:00\r\n报告期: 2025年1—9月\r\n"
    )
    values = reading_of("csv", body.encode("utf-8-sig")).values
    assert numbers(values) == [("5000.25", "万元")]
    assert "2026-01-01" not in {v.text for v in values}
    assert "2025-01/2025-09" in {v.text for v in values}


def test_a_workbook_is_read_under_its_headings_wherever_they_stand():
    book = openpyxl.Workbook()
    for row in [
        ["填报单位：济南市"],
        ["指标名称", "本年累计（万元）"],
        ["环保企业数", 166],
        ["无", 2.5],
    ]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)

    values = reading_of("xlsx", out.getvalue()).values
    assert numbers(values, label=catalogue().label("本年累计")) == [
        ("166", "万元"),
        ("2.5", "万元"),
    ]


def test_json_is_read_by_path_and_a_row_by_its_code():
    body = b'[{"code": "370600", "value": null, "bounds": {"low": "0.50"}, "n": 3, "s": "Yantai"}]'
    values = reading_of("json", body).values
    assert [(v.context, v.label, str(v.number), v.text) for v in values] == [
        (("[370600]",), "code", "370600", ""),
        (("[370600]",), "value", "None", "null"),
        (("[370600]", "bounds"), "low", "0.50", ""),
        (("[370600]",), "n", "3", ""),
        (("[370600]",), "s", "None", catalogue().label("Yantai")),
    ]


def test_a_document_is_read_by_sentences_and_tables():
    document = Document()
    document.add_paragraph("16个市中13个已审核通过。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["集群", "产值 (亿元)", "青岛", "327.89"], strict=True):
        cell.text = text
    out = io.BytesIO()
    document.save(out)

    values = reading_of("docx", out.getvalue()).values
    assert numbers(values, where="sentence") == [("16", "个市"), ("13", "个")]
    assert numbers(values, where="table") == [("327.89", "亿元")]
