"""Two hundred rows with five faults: five refusals at their rows, and nothing written."""

import re

import pytest

from clusters.models import City
from enterprises.models import Enterprise, IndustryField
from enterprises.register.reading.register_file import REQUIRED
from enterprises.register.resources import EnterpriseResource
from foundation.exporting import xlsx_bytes
from jobs.models import Job
from tests.enterprises.register.cast import (
    confirm,
    dataset_of,
    may_be_confirmed,
    refusals,
    register,
    upload,
)
from tests.factories import credit_code, make_city, make_enterprise, make_park

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
    assert not may_be_confirmed(page)
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
    outcome = upload(keeper, written(REQUIRED, rows)).context["outcome"]
    assert [row[0] for row in outcome.new] == [2]
    assert [(row[0], row[3]) for row in outcome.changed] == [
        (3, [["所在城市", "济南市", "淄博市"]])
    ]
    assert [row[0] for row in outcome.unchanged] == [4]
    assert not Enterprise.objects.filter(name="新企业").exists()


def test_a_confirmed_import_is_written_with_its_reason_and_who_gave_it(keeper, admin, written):
    changed = make_enterprise(name="旧名")
    rows = [[changed.credit_code, "新名", "济南市"], [credit_code(902), "新企业", "济南市"]]
    page = upload(keeper, written(REQUIRED, rows), reason="鲁环发〔2025〕1号")
    written = confirm(keeper, page)
    assert "every row is written" in written.content.decode()
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
    assert page.status_code == 422
    assert not Job.objects.exists()
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
    assert "1 row is refused, so nothing is written." in late.content.decode()
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


def test_a_code_in_very_many_rows_is_named_at_few_of_them(keeper):
    rows = [[credit_code(), "甲", "济南市"]] * 30
    said = refusals(upload(keeper, register(*rows)))
    assert len(said) == 30
    assert said[31] == ["The same code stands in row 2、3、4、5、6、7、8、9、10、11…."]


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


def test_an_import_cannot_reach_an_enterprise_of_a_city_out_of_scope(city):
    other = make_enterprise(make_city("370700"))
    resource = EnterpriseResource(cities=City.objects.filter(pk=city.pk))
    dataset = dataset_of(register([other.credit_code, "夺取", "济南市"]))
    result = resource.compare(dataset, reason="x")
    assert [row.messages for row in result.refused()] == [["Another city's enterprise."]]
