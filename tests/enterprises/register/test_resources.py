"""Two hundred rows with five faults: five refusals at their rows, and nothing written."""

import io
import re
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from clusters.models import City
from enterprises.models import Enterprise, IndustryField, StagedRegister
from enterprises.register.file_format import REQUIRED, RegisterCsv
from enterprises.register.resources import EnterpriseResource
from foundation.exporting import csv_bytes, xlsx_bytes
from tests.factories import (
    credit_code,
    make_city,
    make_enterprise,
    make_park,
    make_user,
)

IMPORT = "admin:enterprises_enterprise_import"
PROCESS = "admin:enterprises_enterprise_process_import"
EXPORT = "admin:enterprises_enterprise_export"
CSV, XLSX = 0, 1


def upload(client, content, name="register.csv", reason="Yearly revision of the register"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse(IMPORT), {"import_file": file, "reason": reason})


def confirm(client, preview, **given):
    return client.post(reverse(PROCESS), preview.context["confirm_form"].initial | given)


def register(*rows, headings=REQUIRED):
    return csv_bytes(headings, rows)


def refusals(page):
    return {row.number: row.messages for row in page.context["result"].refused()}


def error_of(page):
    return page.context["form"].errors["import_file"][0]


@pytest.fixture
def keeper(client, admin, city):
    """The admin, signed in."""
    client.force_login(admin)
    return client


@pytest.fixture(params=[CSV, XLSX], ids=["csv", "xlsx"])
def written(request):
    """Rows to a file's bytes, in either format."""
    return csv_bytes if request.param == CSV else lambda *table: xlsx_bytes("名录", *table)


# ---- the acceptance test -------------------------------------------------------------------


def two_hundred_rows_with_five_faults():
    rows = [[credit_code(n), f"示例企业{n}", "济南市", None] for n in range(200, 400)]
    rows[10][0] = rows[10][0][:-1] + ("0" if rows[10][0][-1] != "0" else "1")  # row 12
    rows[50][0] = rows[50][0][:17]  # row 52
    rows[99][2] = "济口市"  # row 101
    rows[150][1] = " "  # row 152
    rows[199][3] = "没有的园区"  # row 201
    return [*REQUIRED, "所属园区"], rows


def test_an_admin_imports_200_rows_with_5_faults_and_sees_all_five_nothing_written(keeper, written):
    before = make_enterprise(name="原有企业")
    page = upload(keeper, written(*two_hundred_rows_with_five_faults()))
    assert refusals(page) == {
        12: ["The check character of the code does not fit: a character is wrong."],
        52: ["The code has 17 characters; it must have 18."],
        101: ["There is no city 济口市."],
        152: ["The name is missing."],
        201: ["There is no park 没有的园区."],
    }
    assert "confirm_form" not in page.context
    assert list(Enterprise.objects.all()) == [before]
    assert Enterprise.history.count() == 1
    shown = page.content.decode()
    assert "5 rows are refused, so nothing is written." in shown
    assert re.findall(r"<td>(\d+)</td>", shown)[:5] == ["12", "52", "101", "152", "201"]


def test_rows_are_counted_as_the_spreadsheet_counts_them(keeper, written):
    rows = [
        [None, None, None],
        [credit_code(1), "甲", "济南市"],
        ["", "", ""],
        ["91", "乙", "济南市"],
    ]
    assert list(refusals(upload(keeper, written(REQUIRED, rows)))) == [5]


# ---- preview and confirmation --------------------------------------------------------------


def test_the_preview_tells_new_changed_and_unchanged_rows_apart(keeper, written):
    make_city("370300")
    same = make_enterprise(name="不变企业")
    moved = make_enterprise(name="迁移企业")
    rows = [
        [credit_code(901), "新企业", "济南市"],
        [moved.credit_code, "迁移企业", "淄博市"],
        [same.credit_code, "不变企业", "济南"],
    ]
    result = upload(keeper, written(REQUIRED, rows)).context["result"]
    assert [row.number for row in result.new()] == [2]
    assert [(row.number, row.changes) for row in result.changed()] == [
        (3, [("所在城市", "济南市", "淄博市")])
    ]
    assert [row.number for row in result.unchanged()] == [4]
    assert not Enterprise.objects.filter(name="新企业").exists()


def test_a_confirmed_import_is_written_with_its_reason_and_who_gave_it(keeper, admin, written):
    changed = make_enterprise(name="旧名")
    rows = [[changed.credit_code, "新名", "济南市"], [credit_code(902), "新企业", "济南市"]]
    page = upload(keeper, written(REQUIRED, rows), reason="鲁环发〔2025〕1号")
    assert confirm(keeper, page).status_code == 302
    changed.refresh_from_db()
    assert changed.name == "新名"
    new = Enterprise.objects.get(name="新企业")
    assert new.status == Enterprise.RegisterStatus.CONFIRMED
    for enterprise in (changed, new):
        version = enterprise.history.first()
        assert (version.history_change_reason, version.history_user) == ("鲁环发〔2025〕1号", admin)


def test_an_unchanged_row_makes_no_version(keeper):
    same = make_enterprise()
    confirm(keeper, upload(keeper, register([same.credit_code, same.name, "济南市"])))
    assert same.history.count() == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_import_needs_a_reason(keeper, reason):
    content = register([credit_code(), "新企业", "济南市"])
    page = upload(keeper, content, reason=reason)
    assert "reason" in page.context["form"].errors
    page = confirm(keeper, upload(keeper, content), reason=reason)
    assert "reason" in page.context["confirm_form"].errors
    assert not Enterprise.objects.exists()


def test_a_blank_cell_leaves_the_value_and_a_dash_empties_it(keeper, city):
    field = IndustryField.objects.create(code="service", name="环境服务业", name_en="Services")
    kept = make_enterprise(park=make_park(city), field=field, status="pending")
    row = [kept.credit_code, kept.name, "济南市", "无", "", ""]
    headings = [*REQUIRED, "所属园区", "行业领域", "状态"]
    confirm(keeper, upload(keeper, register(row, headings=headings)))
    kept.refresh_from_db()
    assert (kept.park, kept.field, kept.status) == (None, field, "pending")


def test_what_changed_since_the_preview_is_refused_and_nothing_is_written(keeper, city):
    park = make_park(city, name="将改名园区")
    headings = [*REQUIRED, "所属园区"]
    rows = [
        [credit_code(903), "甲", "济南市", ""],
        [credit_code(904), "乙", "济南市", "将改名园区"],
    ]
    page = upload(keeper, register(*rows, headings=headings))
    park.name = "已改名园区"
    park.save()
    late = confirm(keeper, page)
    assert late.status_code == 409
    assert refusals(late) == {3: ["There is no park 将改名园区."]}
    assert not Enterprise.objects.exists()


# ---- what a row may not say ----------------------------------------------------------------


def test_a_code_stored_as_a_number_is_refused(keeper):
    rows = [[370100000000000000, "甲", "济南市"]]
    page = upload(keeper, xlsx_bytes("名录", REQUIRED, rows), "register.xlsx")
    assert refusals(page) == {
        2: ["The code is stored as a number and has lost digits. Enter it as text."]
    }
    page = upload(keeper, register(["3.701E+17", "甲", "济南市"]))
    assert "stored as a number" in refusals(page)[2][0]


def test_a_code_twice_in_the_file_is_refused_at_both_rows(keeper):
    code = credit_code()
    page = upload(keeper, register([code, "甲", "济南市"], [code.lower(), "乙", "济南市"]))
    assert refusals(page) == {
        2: ["The same code stands in row 3."],
        3: ["The same code stands in row 2."],
    }


def test_all_that_is_wrong_with_a_row_is_said_at_once(keeper):
    page = upload(keeper, register(["91I", "", "某市"]))
    assert len(refusals(page)[2]) == 3


def test_a_name_that_is_too_long_is_refused_on_both_databases(keeper):
    page = upload(keeper, register([credit_code(), "长" * 121, "济南市"]))
    assert "at most 120 characters" in refusals(page)[2][0]


def test_demonstration_data_cannot_become_real(keeper):
    row = [credit_code(), "甲", "济南市", "示例数据"]
    page = upload(keeper, register(row, headings=[*REQUIRED, "示例数据"]))
    assert refusals(page) == {2: ["Demonstration data cannot be imported."]}


# ---- what a file may not be ----------------------------------------------------------------


def test_unknown_missing_and_repeated_headings_are_all_named(keeper):
    content = csv_bytes(["企业名称", "法人", "企 业 名 称", "备注"], [["甲", "乙", "丙", "丁"]])
    assert error_of(upload(keeper, content)) == (
        "Unknown headings: 法人、备注. Missing headings: 统一社会信用代码、所在城市. "
        "Headings that stand twice: 企业名称."
    )


def test_headings_are_matched_after_folding(keeper, written):
    headings = ["所在 城市", "统一社会\n信用代码", "企业名称　"]
    page = upload(keeper, written(headings, [["济南市", credit_code(), "甲"]]))
    assert page.context["confirm_form"]


def test_gb18030_and_utf8_without_bom_are_read(keeper):
    text = register([credit_code(), "甲", "济南市"]).decode("utf-8-sig")
    for encoding in ("utf-8", "gb18030"):
        assert len(upload(keeper, text.encode(encoding)).context["result"].new()) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xff\xff\xff", "neither an .xlsx workbook nor text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .xls"),
        (b"PK\x03\x04damaged", "cannot be read"),
        (b"\n\n", "Missing headings"),
    ],
)
def test_other_files_are_refused_in_words(keeper, content, words):
    assert words in error_of(upload(keeper, content))


def test_a_file_of_headings_alone_is_refused(keeper, written):
    assert error_of(upload(keeper, written(REQUIRED, [])))


def test_a_row_longer_than_the_headings_is_refused(keeper, written):
    page = upload(keeper, written(REQUIRED, [[credit_code(), "甲", "济南市", "多"]]))
    assert error_of(page) == "Row 2 is longer than the row of headings."


def workbook(change):
    book = openpyxl.Workbook()
    book.active.append(list(REQUIRED))
    book.active.append([credit_code(905), "甲", "济南市"])
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_formulas_and_error_values_are_refused_at_their_cells(keeper):
    def change(book):
        book.active["B2"] = "=A2"
        book.active["C2"] = "#N/A"

    assert "B2, C2" in error_of(upload(keeper, workbook(change)))


def test_two_filled_sheets_are_refused_and_an_empty_second_one_is_not(keeper):
    page = upload(keeper, workbook(lambda book: book.create_sheet("二").append(["x"])))
    assert "Several sheets" in error_of(page)
    assert upload(keeper, workbook(lambda book: book.create_sheet("二"))).context["confirm_form"]


def test_a_workbook_that_says_it_is_one_cell_is_read_whole(keeper, forged):
    content = forged(
        workbook(lambda book: None),
        lambda sheet: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', sheet),
    )
    assert len(upload(keeper, content).context["result"].new()) == 1


def test_a_workbook_too_large_when_unpacked_is_refused(keeper, forged):
    content = forged(
        workbook(lambda book: None),
        lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + b" " * 60 * 1024 * 1024),
    )
    assert len(content) < 1024 * 1024
    assert error_of(upload(keeper, content)) == "This workbook is too large when unpacked."


# ---- who may -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [IMPORT, EXPORT])
def test_staff_without_the_permissions_are_refused_import_and_export(client, db, name):
    client.force_login(make_user(is_staff=True))
    assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse(name), {"format": "0", "resource": "0"}).status_code == 403


def test_staff_without_the_permission_are_refused_the_confirmation_too(keeper, client):
    page = upload(keeper, register([credit_code(), "甲", "济南市"]))
    client.force_login(make_user(is_staff=True))
    assert confirm(client, page).status_code == 403
    assert not Enterprise.objects.exists()


def test_nobody_confirms_what_another_user_has_previewed(keeper, client, admin):
    page = upload(keeper, register([credit_code(), "甲", "济南市"]))
    client.force_login(make_user("admin"))
    refused = confirm(client, page)
    assert refused.status_code == 422
    assert "The previewed file is not there any more. Choose it again." in refused.content.decode()
    assert not Enterprise.objects.exists()
    # It is still there for its owner.
    client.force_login(admin)
    assert confirm(client, page).status_code == 302


@pytest.mark.parametrize(
    "given",
    [
        {"format": "99"},
        {"format": "abc"},
        {"format": "-1"},
        {"import_file_name": "0" * 32},
        {"import_file_name": "../secret_key"},
        {"import_file_name": "\0"},
    ],
)
def test_a_forged_confirmation_is_refused_in_words(keeper, given):
    page = upload(keeper, register([credit_code(), "甲", "济南市"]))
    assert confirm(keeper, page, **given).status_code == 422
    assert not Enterprise.objects.exists()


def test_a_preview_is_confirmed_once(keeper):
    page = upload(keeper, register([credit_code(), "甲", "济南市"]))
    assert confirm(keeper, page).status_code == 302
    assert confirm(keeper, page).status_code == 422


def test_what_was_never_confirmed_is_swept_away_after_a_day(keeper):
    content = register([credit_code(), "甲", "济南市"])
    upload(keeper, content)
    StagedRegister.objects.update(staged_at=timezone.now() - timedelta(hours=25))
    left = StagedRegister.objects.get()
    upload(keeper, content)
    assert StagedRegister.objects.get() != left


def test_an_import_cannot_reach_an_enterprise_of_a_city_out_of_scope(city):
    other = make_enterprise(make_city("370700"))
    resource = EnterpriseResource(cities=City.objects.filter(pk=city.pk))
    dataset = RegisterCsv().create_dataset(register([other.credit_code, "夺取", "济南市"]))
    result = resource.import_data(dataset, dry_run=True, reason="x", user=None)
    assert [row.messages for row in result.refused()] == [["Another city's enterprise."]]


# ---- a forged workbook ---------------------------------------------------------------------


@pytest.fixture
def forged():
    """Change the sheet's XML of a workbook."""

    def forge(content, change):
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                data = old.read(name)
                new.writestr(name, change(data) if "worksheets/sheet1" in name else data)
        return out.getvalue()

    return forge
