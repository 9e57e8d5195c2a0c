import dataclasses
from decimal import Decimal

import openpyxl
import pytest

from submissions.models import Layout
from submissions.workbook.foreign.layout_spec import LayoutSpec
from tests.submissions.layouts.cast import fields_of, make_layout, make_look, make_look_into
from tests.submissions.workbook.foreign.forge_foreign import (
    FIRMS,
    SURVEY_COLUMNS,
    saved,
    spec_of,
    survey,
    wide,
    wide_columns,
)

pytestmark = pytest.mark.django_db


def address(job):
    return f"/submissions/layouts/file/{job.pk}/"


def change_unit(path):
    """Name another unit in the heading of column D."""
    book = openpyxl.load_workbook(path)
    book["调查表"]["D3"] = "全年营业收入（万元）"
    book.save(path)


@pytest.fixture
def path(tmp_path):
    return survey(tmp_path / "y.xlsx", {FIRMS[0]: ("91370100MA3C0001X1", Decimal(1), Decimal(2))})


@pytest.fixture
def started(monkeypatch):
    """What is handed over to the job that reads a file by a layout; nothing is read."""
    calls = []

    def start(look, spec, given, **more):
        calls.append((spec, given, more))
        return look

    monkeypatch.setattr("submissions.layouts.views.file.start_contents", start)
    return calls


def test_the_proposals_stand_in_the_form_with_their_reasons(client, officer, path):
    client.force_login(officer)
    page = client.get(address(make_look_into(officer, path)))
    said = fields_of(page)
    assert said["C-field"] == "output_value"
    assert (said["C-unit"], said["C-holds"]) == ("千元", "year")
    text = page.content.decode()
    assert "its heading has the unit 千元" in text
    assert "values look like credit codes" in text


def test_what_was_said_becomes_the_layout(client, officer, path, started):
    client.force_login(officer)
    job = make_look_into(officer, path)
    said = fields_of(client.get(address(job))) | {
        "C-field": "",
        "leave_out": "市属企业\n 省属 企业",
        "given_year": "2022",
    }
    assert client.post(address(job), said).status_code == 302
    [(spec, given, _more)] = started
    [table] = spec.tables
    assert [column.field for column in table.columns] == [
        "name",
        "credit_code",
        "revenue",
        "employees",
    ]
    assert table.leave_out == ("市属企业", "省属企业")
    assert given.year == 2022
    assert not Layout.objects.exists()


def test_what_contradicts_itself_is_refused_and_stays_in_the_form(client, officer, path, started):
    client.force_login(officer)
    job = make_look_into(officer, path)
    said = fields_of(client.get(address(job))) | {"C-field": "revenue", "leave_out": "某行"}
    answer = client.post(address(job), said)
    assert answer.status_code == 422
    assert "Two columns hold" in answer.content.decode()
    assert fields_of(answer) == said | {"csrfmiddlewaretoken": fields_of(answer).get(
        "csrfmiddlewaretoken", "")}  # fmt: skip
    assert not started


def test_a_layout_that_fits_is_offered_and_used(client, officer, path, started):
    layout = make_layout(officer, "年报", spec_of(path, SURVEY_COLUMNS, (3,)))
    make_layout(officer, "年报", spec_of(path, {1: ("name", ""), 5: ("employees", "")}, (3,)))
    client.force_login(officer)
    job = make_look_into(officer, path)
    text = client.get(address(job)).content.decode()
    newest = Layout.objects.get(version=2)
    assert f'name="layout" value="{newest.pk}"' in text
    assert f'name="layout" value="{layout.pk}"' not in text
    assert client.post(address(job), {"layout": newest.pk}).status_code == 302
    [(spec, _given, more)] = started
    assert spec == newest.as_spec()
    assert more["layout"] == newest


def test_a_layout_that_does_not_fit_is_not_used_and_the_page_says_what_differs(
    client, officer, path, started
):
    layout = make_layout(officer, "年报", spec_of(path, SURVEY_COLUMNS, (3,)))
    change_unit(path)
    client.force_login(officer)
    job = make_look_into(officer, path)
    text = client.get(address(job)).content.decode()
    assert "Column D is headed “全年营业收入(万元)”; in the layout “全年营业收入(千元)”." in text
    assert client.post(address(job), {"layout": layout.pk}).status_code == 404
    assert not started


def test_other_heading_lines_are_shown_when_asked_for(client, officer, path):
    client.force_login(officer)
    job = make_look_into(officer, path)
    page = client.get(address(job), {"sheet": 0, "row": 4, "lines": 1, "kind": "enterprises"})
    assert f"<strong>{FIRMS[0]}</strong>" in page.content.decode()


def test_quarters_in_columns_are_proposed(client, officer, tmp_path):
    path = wide(tmp_path / "w.xlsx", {FIRMS[0]: [(Decimal(5), Decimal(6))] * 4})
    client.force_login(officer)
    said = fields_of(client.get(address(make_look_into(officer, path))))
    proposed = [said[f"E-{name}"] for name in ("quarter", "unit", "field")]
    assert proposed == ["2024Q2", "亿元", "output_value"]


def test_a_file_without_sheets_says_so(client, officer):
    client.force_login(officer)
    job = make_look(officer, {"sheets": []})
    assert "no sheet" in client.get(address(job)).content.decode()


def test_somebody_elses_file_is_not_there(client, officer, stranger, path):
    job = make_look_into(officer, path)
    client.force_login(stranger)
    assert client.get(address(job)).status_code == 404


def test_a_column_that_names_the_quarter_of_each_row_is_proposed_and_taken(
    client, officer, tmp_path, started
):
    heads = ["季度", "企业", "收入（元）"]
    rows = [["济南市2024年"], heads, ["一季度", FIRMS[0], 5], ["二季度", FIRMS[0], 6]]
    path = saved(tmp_path / "l.xlsx", {"表": rows})
    client.force_login(officer)
    job = make_look_into(officer, path)
    page = client.get(address(job))
    said = fields_of(page)
    assert said["A-field"] == "place_quarter"
    assert "2/2 values are quarters" in page.text
    assert client.post(address(job), said).status_code == 302
    [(spec, _given, _more)] = started
    assert spec == spec_of(path, {1: ("place_quarter", ""), 2: ("name", ""), 3: ("revenue", "元")})
    layout = make_layout(officer, "长表", spec)
    assert "the quarter of the row" in client.get(layout.get_absolute_url()).text


@pytest.fixture
def next_year(officer, tmp_path):
    """A confirmed layout of 2024, and a look into the same sheet of 2025."""
    figures = {FIRMS[0]: [(Decimal(5), Decimal(6))] * 4}
    path = wide(tmp_path / "w.xlsx", figures)
    columns = wide_columns(holds="quarter") | {5: ("total_revenue", "万元", "year", "2024Q2")}
    layout = make_layout(officer, "宽表", spec_of(path, columns, leave_out=("2024年市属企业",)))
    later = wide(tmp_path / "w5.xlsx", figures, year=2025)
    return layout, make_look_into(officer, later)


def test_the_description_of_another_year_is_taken_over_and_confirmed_by_a_person(
    client, officer, next_year, started
):
    layout, job = next_year
    client.force_login(officer)
    page = client.get(address(job))
    assert 'name="layout"' not in page.text  # It is never used by itself.
    assert f'href="?taken={layout.pk}&amp;table=0#describe"' in page.text

    asked = f"{address(job)}?taken={layout.pk}&table=0"
    page = client.get(asked)
    said = fields_of(page)
    assert (said["sheets"], said["leave_out"]) == ("one", "2025年市属企业")
    assert [said[f"D-{name}"] for name in ("field", "unit", "holds", "quarter")] == [
        "revenue",
        "亿元",
        "quarter",
        "2025Q1",
    ]
    # What the layout says, and not what would be guessed; what it does not read stays unread.
    assert (said["E-field"], said["A-field"]) == ("total_revenue", "")
    assert "taken over from “宽表”, with the years of this file" in page.text
    assert client.post(asked, said).status_code == 302
    [(spec, _given, more)] = started
    [table], [known] = spec.tables, layout.as_spec().tables
    assert [one.quarter for one in table.columns] == [
        one.quarter.replace("2024", "2025") for one in known.columns
    ]
    assert table.headings != known.headings
    assert more["name"] == "宽表"
    assert Layout.objects.count() == 1


def test_a_layout_that_differs_in_more_than_years_is_not_taken_over(client, officer, path):
    layout = make_layout(officer, "年报", spec_of(path, SURVEY_COLUMNS, (3,)))
    change_unit(path)
    client.force_login(officer)
    job = make_look_into(officer, path)
    assert "taken=" not in client.get(address(job)).text
    for asked in (f"?taken={layout.pk}&table=0", "?taken=x", "?taken=&table="):
        assert client.get(address(job) + asked).status_code == 404


def test_the_newest_version_of_a_name_is_taken_over(client, officer, next_year):
    layout, job = next_year
    newest = make_layout(officer, "宽表", replace_columns(layout))
    client.force_login(officer)
    text = client.get(address(job)).text
    assert f"?taken={newest.pk}&amp;table=0" in text
    assert f"?taken={layout.pk}&amp;" not in text


def replace_columns(layout):
    """The layout's description without its last column."""
    [table] = layout.as_spec().tables
    return LayoutSpec((dataclasses.replace(table, columns=table.columns[:-1]),))
