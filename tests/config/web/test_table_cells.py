"""What a cell's value is, on a page and in a file."""

from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from config.web.table_cells import in_file, number_in
from foundation.tables import WITHHELD, Column, Fragment, Link, Parts, Phrase, Typed, ad_hoc

LINK = Link("<b>", "/x/?sort=a")
LIGHT = Fragment("components/light.html", {"status": "past_date", "days_late": 3}, "three")


def drawn(column, value, query="", **own):
    """The first cell after the heading of a table with one row, as HTML."""
    table = ad_hoc([Column("Row"), column], [("row", value)], **own)
    request = RequestFactory().get(f"/page/?{query}")
    page = Template("{% data_table table %}").render(Context({"table": table, "request": request}))
    row = page.split("<tbody>")[1].split("</tbody>")[0]
    return row.split('<th scope="row">row</th>')[1].split("</tr>")[0]


@pytest.mark.parametrize(
    ("kind", "value", "page", "file"),
    [
        ("text", "<b>", "<td>&lt;b&gt;</td>", "<b>"),
        ("text", "", "<td></td>", ""),
        ("text", "a\nb", "<td>a<br>b</td>", "a b"),
        ("amount", Decimal("12345678.90"), '<td class="number">1,234.57</td>', Decimal("1234.57")),
        ("amount", None, '<td class="number unreported">Not reported</td>', "Not reported"),
        ("change", None, '<td class="number">—</td>', "—"),
        ("percent", Decimal("0.6012"), '<td class="number">60.1%</td>', Decimal("0.601")),
        ("day", date(2025, 3, 1), "<td>1 March 2025</td>", "1 March 2025"),
        ("count", Typed(3, "count", tag="strong"), '<td class="number"><strong>3</strong></td>', 3),
        ("text", LINK, '<td><a href="/x/?sort=a">&lt;b&gt;</a></td>', "<b>"),
        ("text", Parts(("a", None, "", "b"), "\n"), "<td>a<br> b</td>", "a b"),
        (
            "text",
            Phrase("now %(day)s", {"day": Typed(date(2025, 3, 1), "day")}),
            "<td>now 1 March 2025</td>",
            "now 1 March 2025",
        ),
    ],
)
def test_a_value_is_written_by_its_kind(kind, value, page, file):
    assert drawn(Column("C", kind), value) == page
    assert in_file(value, Column("C", kind)) == file


def test_what_may_not_be_shown_says_why():
    assert 'class="number unreported" title="Not disclosed: ' in drawn(
        Column("C", "count"), WITHHELD
    )
    assert in_file(WITHHELD, Column("C", "count")) == "Not disclosed"


def test_a_column_may_have_its_own_words_for_nothing():
    column = Column("C", "amount", default="–")

    assert drawn(column, None) == '<td class="number nothing">–</td>'
    assert in_file(None, column) == "–"


def test_a_link_keeps_the_viewpoint_before_its_own_query():
    assert 'href="/x/?period=2025Q3&amp;sort=a"' in drawn(Column("C"), LINK, "period=2025Q3&a=1")
    elsewhere = Link("x", "/x/", keeps=False)
    assert 'href="/x/"' in drawn(Column("C"), elsewhere, "period=2025Q3")


def test_a_template_draws_a_fragment_and_a_file_has_its_text():
    assert "3 days" in drawn(Column("C"), LIGHT)
    assert in_file(LIGHT, Column("C")) == "three"


def test_html_is_no_value():
    with pytest.raises(TypeError):
        in_file(mark_safe("<b>x</b>"), Column("C"))


def test_a_misspelt_column_is_an_error_and_not_unreported():
    table = ad_hoc([Column("Row")], [()])

    with pytest.raises(ValueError, match="Failed lookup"):
        list(table.file_rows())


def test_stacked_cells_name_their_column():
    assert 'data-label="C (ten thousand yuan)"' in drawn(
        Column("C", "amount"), Decimal(1), css="data-table--stacked"
    )
    assert 'data-label="C"' in drawn(Column("C", "day"), None, css="data-table--stacked")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50", Decimal("1234.50")),
        ("+13.8%", Decimal("0.138")),
        ("−5", Decimal(-5)),
        ("Not reported", "Not reported"),
        ("–", "–"),
        ("", ""),
    ],
)
def test_a_shown_number_is_a_number(text, number):
    assert number_in(text) == number
