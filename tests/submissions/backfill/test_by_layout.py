"""Files of a batch that a confirmed layout reads: by themselves, once, and never beyond it."""

import datetime
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from audit.models import AuditEvent
from submissions.backfill import handing_in, recognising
from submissions.backfill.archive import Member
from submissions.backfill.batches import bring
from submissions.backfill.command_run import carry_through, summary
from submissions.backfill.report import FilesTable, batch_report
from submissions.backfill.settling import ONLY, choose, leave_out, say
from submissions.models import Batch, BatchFile, Finding, FirmChoice, LayoutUse, Submission
from submissions.refused import Refused
from submissions.review import explaining
from submissions.review.actions import accept
from tests.factories import make_city, make_enterprise, make_period, make_user
from tests.submissions.backfill.bringing import archive, states
from tests.submissions.layouts.cast import (
    confirm,
    describe,
    make_layout,
    parts_at,
)
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

CODE = "91370100MA3C0001X1"
PUBLISHED = datetime.datetime(2025, 6, 1, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def periods(city):
    return [make_period(code) for code in ("2022Q4", "2023Q4", "2024Q4")]


@pytest.fixture
def firm(city):
    return make_enterprise(city, name=FIRMS[0]).credit_code


@pytest.fixture
def year_of(tmp_path, firm):
    """Return a function: the path of the survey of a year."""

    def of(year, city="济南市"):
        firms = {FIRMS[0]: (firm, Decimal(year * 10), Decimal(f"{year}.17"))}
        return survey(tmp_path / f"{year}{city}.xlsx", firms, year=year, city=city)

    return of


def brought(by, cities, *paths, **given):
    """A batch of these files, not read yet."""
    members = [Member(path.name, path.read_bytes()) for path in paths]
    return bring(members, by=by, name="旧表", cities=cities, **given)


def taken_through(batch):
    """Read and hand in all of a batch, as the command does; return it."""
    carry_through(batch, report=lambda file: None)
    return batch


def handed_in():
    return [
        (one.city.code, one.period.code)
        for one in Submission.objects.order_by("city__code", "period__code")
    ]


def reports(batch, *cities):
    """Return the rows of the batch's report that have a file, as it comes as a file."""
    rows = [row for row in batch_report(batch, cities).rows if row.file]
    table = FilesTable(rows)
    return [(row, str(table.render_layout(row))) for row in rows]


def test_files_with_the_headings_of_a_confirmed_layout_are_handed_in_by_it(
    officer, city, periods, year_of
):
    layout = make_layout(officer, "年报", spec_of(year_of(2022), SURVEY_COLUMNS, (3,)))
    batch = taken_through(brought(officer, [city], year_of(2023), year_of(2024)))

    assert handed_in() == [("370100", "2023Q4"), ("370100", "2024Q4")]
    assert set(LayoutUse.objects.values_list("layout", flat=True)) == {layout.pk}
    figures = {one.period.code: one.rows.get().decimal("revenue")
               for one in Submission.objects.all()}  # fmt: skip
    assert figures == {"2023Q4": Decimal("2023.17"), "2024Q4": Decimal("2024.17")}
    rows = reports(batch, city)
    assert [row.submission.period.code for row, _said in rows] == ["2023Q4", "2024Q4"]
    assert {said for _row, said in rows} == {f"年报, version 1, confirmed by {officer}"}
    uploads = AuditEvent.objects.filter(act="uploaded")
    assert {event.after["layout"] for event in uploads} == {"年报, version 1"}
    # Nothing is answered yet, and nothing is done twice.
    told = summary(batch)
    assert (told["files"], told["accepted"], len(told["findings"])) == (2, 0, 2)
    taken_through(batch)
    assert Submission.objects.count() == 2


def test_a_layout_that_is_confirmed_later_takes_the_waiting_files_along(
    officer, city, periods, year_of, monkeypatch
):
    batch = taken_through(brought(officer, [city], year_of(2022), year_of(2023), year_of(2024)))
    assert set(states().values()) == {"layout"}
    make_layout(officer, "年报", spec_of(year_of(2022), SURVEY_COLUMNS, (3,)))
    # Killed where the parts are stored, then where the second one is checked.
    for module, name, time in (
        (recognising, "keep_parts", 2),
        (handing_in.receiving, "read_and_check", 2),
    ):
        calls, whole = [], getattr(module, name)

        def dies(*args, calls=calls, whole=whole, time=time, **given):
            calls.append(1)
            if len(calls) == time:
                raise KeyboardInterrupt
            return whole(*args, **given)

        with monkeypatch.context() as patched:
            patched.setattr(module, name, dies)
            with pytest.raises(KeyboardInterrupt):
                taken_through(batch)
    taken_through(batch)
    assert handed_in() == [("370100", f"{year}Q4") for year in (2022, 2023, 2024)]
    assert BatchFile.objects.filter(state="by_layout").count() == 3
    assert BatchFile.objects.filter(part_of__isnull=False).count() == 3
    assert not Submission.objects.filter(checked_at=None).exists()


def test_a_file_is_not_read_again_where_no_layout_was_confirmed_since(
    officer, city, periods, year_of, monkeypatch
):
    make_layout(officer)
    batch = taken_through(brought(officer, [city], year_of(2023)))
    monkeypatch.setattr(recognising, "read_sandboxed", None)
    taken_through(batch)
    assert set(states().values()) == {"layout"}


def test_several_layouts_are_put_to_a_person(officer, city, periods, year_of):
    spec = spec_of(year_of(2022), SURVEY_COLUMNS, (3,))
    make_layout(officer, "年报", spec)
    make_layout(officer, "调查", spec)
    taken_through(brought(officer, [city], year_of(2023)))
    file = BatchFile.objects.get()
    assert file.state == "layout"
    assert "年报, version 1, 调查, version 1" in file.reason
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("title", "name", "code"),
    [("2023年度调查表", "x.xlsx", "E296"), ("济南市2023年度调查表", "2022年.xlsx", "E297")],
)
def test_a_file_of_unknown_or_contradicting_place_is_put_to_a_person(
    officer, city, periods, tmp_path, title, name, code
):
    heads = ["企业", "社会信用代码", "全年收入（元）"]
    path = saved(tmp_path / name, {"表": [[title], heads, [FIRMS[0], CODE, 5]]})
    columns = {1: ("name", ""), 2: ("credit_code", ""), 3: ("revenue", "元", "year")}
    make_layout(officer, "年报", spec_of(path, columns))
    taken_through(brought(officer, [city], path))
    file = BatchFile.objects.get()
    assert file.state == "layout"
    assert code in file.reason
    assert not Submission.objects.exists()


def test_one_word_more_is_another_heading(officer, city, periods, year_of):
    make_layout(officer, "年报", spec_of(year_of(2022), SURVEY_COLUMNS, (3,)))
    path = year_of(2023)
    book = openpyxl.load_workbook(path)
    book["调查表"]["C3"] = "全年总产值（千元）"
    book.save(path)
    taken_through(brought(officer, [city], path))
    assert set(states().values()) == {"layout"}


def test_each_quarter_with_figures_is_handed_in_and_what_is_not_is_said(officer, city, tmp_path):
    """Of a wide sheet: the third quarter is blank, the fourth no period."""
    make_city("370800")
    for quarter in (1, 2, 3):
        make_period(f"2024Q{quarter}")
    blank = (None, None)
    full = (Decimal(50_000), Decimal(60_000))
    figures = {FIRMS[0]: [full, full, blank, full]}
    path = wide(tmp_path / "w.xlsx", figures)
    make_layout(officer, "宽表", spec_of(path, wide_columns()))
    other = wide(tmp_path / "o.xlsx", figures, city="济宁市")
    batch = taken_through(brought(officer, [city], path, other))

    assert handed_in() == [("370100", "2024Q1"), ("370100", "2024Q2")]
    whole = {one.name: one for one in BatchFile.objects.filter(part_of=None)}
    assert whole["w.xlsx"].state == "by_layout"
    assert "Without figures: Q3 2024." in whole["w.xlsx"].reason
    assert "No workbook is owed, or not yet: Q4 2024." in whole["w.xlsx"].reason
    assert (whole["o.xlsx"].state, whole["o.xlsx"].reason) == (
        "layout",
        "Not yours to hand in: 济宁市.",
    )
    assert len(reports(batch, city)) == 4


def test_firms_without_a_code_wait_for_a_person_whatever_was_chosen_before(officer, city, tmp_path):
    make_period("2024Q1")
    known = make_enterprise(city, name=FIRMS[0])
    blank = [(None, None)] * 3
    path = wide(tmp_path / "w.xlsx", {FIRMS[0]: [(Decimal(50_000), Decimal(60_000)), *blank]})
    make_layout(officer, "宽表", spec_of(path, wide_columns()))
    batch = taken_through(brought(officer, [city], path))
    first = Submission.objects.get()
    FirmChoice.objects.create(
        submission=first, name=FIRMS[0], credit_code=known.credit_code, chosen_by=officer
    )
    again = wide(tmp_path / "w2.xlsx", {FIRMS[0]: [(Decimal(70_000), Decimal(80_000)), *blank]})
    taken_through(brought(officer, [city], again))
    part = BatchFile.objects.filter(name="w2.xlsx", part_of__isnull=False).get()
    assert part.state == "asked"  # A version of the quarter is here already.
    choose(part, ONLY, by=officer)
    taken_through(part.batch)
    newest = Submission.objects.latest("pk")
    assert newest != first
    assert newest.findings.filter(code="W294").count() == 1
    assert not newest.rows.filter(kind="enterprises").exists()
    assert summary(batch)["findings"] == ["w.xlsx"]


def test_a_long_table_of_a_province_becomes_a_submission_for_each_city_and_quarter(
    admin, city, tmp_path
):
    """A row that names no quarter is a finding at its cell in each that it may belong to."""
    other = make_city("370800")
    for quarter in (1, 2):
        make_period(f"2024Q{quarter}")
    codes = {one: make_enterprise(one, name=f"{one.name}企业").credit_code for one in (city, other)}
    heads = ["市", "季度", "企业", "信用代码", "收入（元）"]
    rows = [
        [one.name, f"2024Q{quarter}", f"{one.name}企业", code, 100 * quarter]
        for quarter in (2, 1)
        for one, code in codes.items()
    ]
    rows.append([city.name, "去年", "某公司", "91370100MA3C0009X9", 1])
    path = saved(tmp_path / "l.xlsx", {"表": [["环保企业"], heads, *rows]})
    columns = {
        1: ("place_city", ""),
        2: ("place_quarter", ""),
        3: ("name", ""),
        4: ("credit_code", ""),
        5: ("revenue", "元", "quarter"),
    }
    make_layout(admin, "长表", spec_of(path, columns))
    taken_through(brought(admin, [city, other], path, published_at=PUBLISHED))
    assert handed_in() == [(code, f"2024Q{q}") for code in ("370100", "370800") for q in (1, 2)]
    second = Submission.objects.get(city=other, period__code="2024Q2")
    assert second.rows.get(kind="enterprises").decimal("revenue") == 300
    unread = [
        (one.submission.city_id, one.cell)
        for one in Finding.objects.filter(code="E299").select_related("submission")
    ]
    assert unread == [(city.pk, "B7"), (city.pk, "B7")]
    [source] = {one.period_from for one in BatchFile.objects.filter(part_of__isnull=False)}
    assert source == "column"


def test_two_files_of_one_quarter_are_put_to_a_person(officer, city, periods, year_of, tmp_path):
    make_layout(officer, "年报", spec_of(year_of(2023), SURVEY_COLUMNS, (3,)))
    firms = {FIRMS[0]: (CODE, Decimal(1000), Decimal(2000))}
    other = survey(tmp_path / "again.xlsx", firms, year=2023)
    taken_through(brought(officer, [city], year_of(2023), other))
    asked = BatchFile.objects.filter(part_of__isnull=False)
    assert {one.state for one in asked} == {"asked"}
    assert not Submission.objects.exists()
    with pytest.raises(Refused):
        say(asked[0], city, periods[0], by=officer)
    leave_out(asked[0], by=officer)
    taken_through(asked[0].batch)
    assert handed_in() == [("370100", "2023Q4")]


def test_the_same_file_by_a_newer_version_of_the_layout_is_put_to_a_person(
    officer, city, periods, year_of
):
    path = year_of(2023)
    make_layout(officer, "年报", spec_of(path, SURVEY_COLUMNS, (3,)))
    taken_through(brought(officer, [city], path))
    fewer = {at: said for at, said in SURVEY_COLUMNS.items() if at != 5}
    newer = make_layout(officer, "年报", spec_of(path, fewer, (3,)))
    again = taken_through(brought(officer, [city], path))
    part = again.files.get(part_of__isnull=False)
    assert (part.state, part.layout) == ("asked", newer)
    assert Submission.objects.count() == 1


def test_the_command_uses_a_confirmed_layout_too(officer, city, periods, year_of, tmp_path):
    make_layout(officer, "年报", spec_of(year_of(2022), SURVEY_COLUMNS, (3,)))
    folder = tmp_path / "in"
    folder.mkdir()
    year_of(2023).rename(folder / "a.xlsx")
    with pytest.raises(CommandError) as ended:
        call_command("submit_returns", str(folder), by="officer", verbosity=0)
    assert ended.value.returncode == 1
    assert handed_in() == [("370100", "2023Q4")]


def test_an_administrators_batch_is_described_confirmed_and_accepted_by_somebody_else(
    client, officer, admin, reviewer, city, periods, year_of
):
    """Of any city, with a declared day; the bureau answers, a reviewer accepts."""
    make_city("370800")
    client.force_login(admin)
    files = {path.name: path.read_bytes() for path in (year_of(2023), year_of(2024))}
    files |= {"b.xlsx": year_of(2022, "济宁市").read_bytes()}
    given = {"files": [archive(files)], "published_on": "2025-06-01"}
    assert client.post("/submissions/batches/", given).status_code == 302
    batch = Batch.objects.get()
    assert set(states().values()) == {"layout"}
    first = BatchFile.objects.get(name="2023济南市.xlsx")

    answer = client.post("/submissions/layouts/new/", {"batch_file": first.pk})
    found = describe(client, answer["Location"])
    layout = confirm(client, found, "年报")
    page = client.get(found)
    assert f"/submissions/batches/{batch.pk}/go-on/" in page.text
    client.post(f"{batch.get_absolute_url()}go-on/")

    assert handed_in() == [("370100", "2023Q4"), ("370100", "2024Q4"), ("370800", "2022Q4")]
    assert {one.uploaded_by for one in Submission.objects.all()} == {admin}
    assert layout.confirmed_by == admin
    assert AuditEvent.objects.filter(act="layout-confirmed", user=admin).count() == 1
    assert "年报, version 1" in client.get(batch.get_absolute_url()).text

    submission = Submission.objects.get(period__code="2023Q4")
    for finding in submission.findings.unanswered():
        explaining.explain(finding, text="当年未单独统计", by=officer, confirmed=True)
    client.post(f"{batch.get_absolute_url()}go-on/")
    submission.refresh_from_db()
    assert submission.status == "submitted"
    with pytest.raises(Refused):
        accept(submission, by=admin)
    accepted = accept(submission, by=reviewer, published_at=batch.published_at)
    assert accepted.published_at == batch.published_at == PUBLISHED


def test_what_a_person_hands_in_of_a_file_belongs_to_its_batch(
    client, admin, city, periods, tmp_path, firm
):
    """The file names no city: the person does, and a dated history stays dated."""
    client.force_login(admin)
    heads = ["企业", "社会信用代码", "全年收入（元）"]
    path = saved(tmp_path / "x.xlsx", {"表": [["2023年度"], heads, [FIRMS[0], firm, 5]]})
    given = {"files": [archive({"x.xlsx": path.read_bytes()})], "published_on": "2025-06-01"}
    client.post("/submissions/batches/", given)
    file = BatchFile.objects.get()
    answer = client.post("/submissions/layouts/new/", {"batch_file": file.pk})
    found = describe(client, answer["Location"], given_city="370100")
    confirm(client, found, "年报")
    client.post(found, {"part": parts_at(found)})
    [part] = file.parts.all()
    assert part.submission == Submission.objects.get()
    assert (part.state, part.decided_by) == ("taken", admin)
    # Going on does nothing twice.
    client.post(f"{file.batch.get_absolute_url()}go-on/")
    assert Submission.objects.count() == file.parts.count() == 1


def test_who_neither_reports_nor_dates_histories_describes_nothing(client, reviewer, official):
    for user in (reviewer, official):
        client.force_login(user)
        assert client.get("/submissions/layouts/new/").status_code == 403


def test_an_administrator_without_a_batch_hands_nothing_in(client, admin, city, periods, year_of):
    make_user("bureau", city)
    client.force_login(admin)
    with year_of(2023).open("rb") as file:
        answer = client.post("/submissions/layouts/new/", {"file": file})
    found = describe(client, answer["Location"])
    confirm(client, found, "年报")
    assert client.post(found, {"part": parts_at(found)}).status_code == 422
    assert not Submission.objects.exists()
