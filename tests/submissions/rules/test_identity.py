from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enterprises.credit_code import ALPHABET
from foundation.quarters import Quarter
from submissions.rules.context import Registered
from submissions.workbook.contents import Fault
from tests.submissions.rules.workshop import code, codes, context, firm, only, reading, violations


def test_a_clean_workbook_raises_nothing():
    assert violations(reading(enterprises=[firm(1), firm(2)])) == []


def test_e155_the_sheet_names_another_quarter():
    found = violations(reading(enterprises=[firm()], period="2025Q2"))
    assert codes(found) == ["E155", "E155"]
    assert (found[0].sheet, found[0].cell, found[0].value) == ("城市汇总", "B2", "2025年1—9月")
    assert found[0].message == "The sheet is for 2025Q2, but this submission is for 2025Q3."


@pytest.mark.parametrize("today", [date(2025, 9, 30), date(2025, 7, 1), date(2024, 1, 1)])
def test_e156_the_quarter_has_not_ended(today):
    found = only(violations(reading(enterprises=[firm()]), today=today), "E156")
    assert (found.sheet, found.cell) == (None, None)
    assert "2025-09-30" in found.message


def test_a_quarter_may_be_reported_from_the_day_after_it():
    assert violations(reading(enterprises=[firm()]), today=date(2025, 10, 1)) == []


@pytest.mark.parametrize(
    "reporter", ["青岛市生态环境局", "济宁市生态环境局", "济宁", "填报：青岛市 生态环境局"]
)
def test_e162_the_reporter_is_another_city(reporter):
    found = violations(reading(enterprises=[firm()], reporter=reporter))
    assert codes(found) == ["E162", "E162"]
    assert found[0].value == reporter
    assert found[0].message == f"The sheet is of {reporter}, but this submission is of 济南市."
    assert found[0].cell == "A2"


@pytest.mark.parametrize(
    "reporter", ["济南市生态环境局", "济南", "济南市", "济 南 市生态环境局", "莱芜市生态环境局"]
)
def test_a_reporter_may_be_named_in_its_several_ways(reporter):
    assert violations(reading(enterprises=[firm()], reporter=reporter)) == []


@pytest.mark.parametrize("reporter", [None, "生态环境局"])
def test_w163_no_reporter_is_named(reporter):
    found = only(violations(reading(enterprises=[firm()], reporter=reporter)), "W163")
    assert found.sheet is None
    assert "济南市" in found.remedy


def test_w164_no_period_is_stated():
    assert only(violations(reading(enterprises=[firm()], period=None)), "W164").sheet is None


def test_a_csv_need_not_say_who_and_when():
    lines = reading(enterprises=[firm()], reporter=None, period=None, form="csv")
    assert violations(lines) == []


def test_e175_the_code_has_seventeen_characters():
    found = only(violations(reading(enterprises=[firm(credit_code=code(1)[:-1])])), "E175")
    assert (found.cell, found.params["length"]) == ("A5", "17")


def test_e142_the_code_has_a_letter_o():
    wrong = code(1)[:10] + "O" + code(1)[11:]
    found = only(violations(reading(enterprises=[firm(credit_code=wrong)])), "E142")
    assert (found.cell, found.value) == ("A5", wrong)
    assert found.message.startswith("Character 11 of the credit code is “O”")


def test_e143_the_check_character_does_not_fit():
    wrong = code(1)[:16] + code(2)[16] + code(1)[17]
    assert only(violations(reading(enterprises=[firm(credit_code=wrong)])), "E143").cell == "A5"


@given(
    number=st.integers(0, 9_999_999),
    position=st.integers(0, 17),
    character=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]),
)
def test_any_one_changed_character_of_a_code_is_caught(number, position, character):
    right = code(number)
    wrong = right[:position] + character + right[position + 1 :]
    if wrong != right:
        expected = "E143" if character in ALPHABET else "E142"
        only(violations(reading(enterprises=[firm(credit_code=wrong)])), expected)


@pytest.mark.parametrize("second", [firm(1), firm(1, name="企业1", revenue=5)])
def test_e151_the_enterprise_stands_twice_equal_or_not(second):
    found = only(violations(reading(enterprises=[firm(1), firm(2), second])), "E151")
    assert (found.cell, found.params["first"]) == ("A7", "A5")


def test_w152_the_register_does_not_know_the_enterprise():
    found = only(violations(reading(enterprises=[firm(1)]), register={}), "W152")
    assert (found.cell, found.value) == ("A5", code(1))


def test_w210_a_citys_first_return_is_one_question():
    lines = [firm(n) for n in range(1, 5)]
    looked_at = reading(enterprises=lines)
    found = only(violations(looked_at, register={}, first_return=True), "W210")

    assert (found.sheet, found.cell, found.params["lines"]) == ("企业明细", None, "4")
    assert codes(violations(looked_at, register={}, first_return=False)) == ["W152"] * 4
    assert codes(violations(looked_at, first_return=True)) == []


def test_w210_is_not_asked_if_every_line_has_its_answer():
    lines = [firm(n, remark=f"本年纳入名录第{n}户") for n in (1, 2)]
    known = {"register": {}, "first_return": True}
    assert codes(violations(reading(enterprises=lines), **known)) == ["W152", "W152"]
    lines[1]["remark"] = "无"
    assert codes(violations(reading(enterprises=lines), **known)) == ["W210"]


def test_e153_an_enterprise_of_another_city_is_refused_without_saying_whose_it_is():
    elsewhere = {code(1): Registered("青岛某某公司", "370200")}
    found = only(violations(reading(enterprises=[firm(1)]), register=elsewhere), "E153")
    told = found.message + found.remedy + "".join(found.params.values())
    for secret in ("青岛", "370200", "某某", "other city", "another city", "registered"):
        assert secret not in told


def test_w154_the_name_is_not_the_registered_one():
    registered = {code(1): Registered("山东重工（集团）", "370100")}
    found = only(violations(reading(enterprises=[firm(1)]), register=registered), "W154")
    assert found.cell == "B5"
    assert "山东重工（集团）" in found.message
    assert "企业1" in found.message


@pytest.mark.parametrize(
    ("name", "damaged"),
    [
        ("济南??环保科技有限公司", True),
        ("济南？环保科技有限公司", True),
        ("济南\ufffd环保", True),
        ("12345", True),
        ("=VLOOKUP(A1,名录!A:B,2,0)", True),
        ("#N/A", True),
        ("锟斤拷锟斤拷", True),
        ("娴庡崡鐜繚", True),
        ("æµŽå—环保", True),
        ("济南□□公司", True),
        ("&#27982;&#21335;", True),
        ("济南环保科技有限公司", False),
        ("3M中国有限公司", False),
        ("Société Générale（青岛）", False),
        ("济南市100号环保厂", False),
    ],
)
def test_e228_a_name_has_lost_characters(name, damaged):
    found = violations(reading(enterprises=[firm(name=name)]))
    assert codes(found) == (["E228"] if damaged else [])


def test_e228_a_question_in_an_explanation_is_no_damage():
    assert violations(reading(enterprises=[firm(remark="是否停产？待核实")])) == []
    garbled = reading(enterprises=[firm(remark="新增??????")])
    assert only(violations(garbled), "E228").cell == "J5"


def test_a_damaged_name_is_not_compared_with_the_register():
    registered = {code(1): Registered("济南环保", "370100")}
    only(violations(reading(enterprises=[firm(name="济南??")]), register=registered), "E228")


def test_the_registers_code_is_offered_for_a_wrong_one():
    """F-41: the code of the only firm with that name."""
    wrong = code(1)[:10] + "O" + code(1)[11:]
    lines = reading(enterprises=[firm(1, credit_code=wrong)])
    offered = only(violations(lines, codes_by_name={"企业1": code(1)}), "E142")
    assert f"code for this name: {code(1)}" in offered.remedy
    assert "code for this name: —" in only(violations(lines), "E142").remedy


@pytest.mark.parametrize("step", [1, -1])
def test_e177_names_have_shifted_against_their_codes(step):
    """A cell was inserted: from the third line on, the names are those of the next line."""
    lines = [firm(n) for n in range(1, 9)]
    register = {each["credit_code"]: Registered(each["name"], "370100") for each in lines}
    names = [each["name"] for each in lines]
    for at in range(2, 8):
        lines[at]["name"] = names[2:][(at - 2 + step) % 6]
    found = only(violations(reading(enterprises=lines), register=register), "E177")
    assert found.cell == "B7"
    assert (found.params["first"], found.params["last"]) == ("7", "12")
    assert "企业3 is called" in found.message


def test_e177_two_names_changed_places():
    lines = [firm(1, name="企业4"), firm(2), firm(3), firm(4, name="企业1")]
    register = {code(n): Registered(f"企业{n}", "370100") for n in range(1, 5)}
    found = violations(reading(enterprises=lines), register=register)
    assert [(each.code, each.cell) for each in found] == [("E177", "B5"), ("E177", "B8")]


def test_one_line_with_anothers_name_is_a_wrong_name():
    lines = [firm(1, name="企业2"), firm(2)]
    register = {code(n): Registered(f"企业{n}", "370100") for n in (1, 2)}
    assert only(violations(reading(enterprises=lines), register=register), "W154").cell == "B5"


def test_a_renamed_firm_among_shifted_ones_keeps_its_own_finding():
    lines = [firm(1, name="企业2"), firm(2, name="企业1"), firm(3, name="新名")]
    register = {code(n): Registered(f"企业{n}", "370100") for n in (1, 2, 3)}
    found = violations(reading(enterprises=lines), register=register)
    assert [(each.code, each.cell) for each in found] == [("W154", "B7"), ("E177", "B5")]


@pytest.mark.parametrize("name", ["山东重工(集团)", "山东重工 （集团）", "山东重工（集团）"])
def test_a_name_may_differ_in_width_and_spaces(name):
    registered = {code(1): Registered("山东重工（集团）", "370100")}
    assert violations(reading(enterprises=[firm(1, name=name)]), register=registered) == []


def test_a_code_the_reader_refused_has_no_second_finding():
    refused = [Fault("E141", "企业明细", "A5", "9.137E+17")]
    lines = reading(enterprises=[firm(credit_code=None), firm(credit_code=None)], faults=refused)
    assert violations(lines) == []


@given(order=st.permutations(range(6)))
def test_the_order_of_lines_changes_nothing(order):
    """Each firm gets the same findings, wherever its line stands."""
    lines = [
        firm(1, name="别名"),
        firm(2, revenue=-1),
        firm(3, credit_code=code(3)[:-1]),
        firm(4, revenue=40_000_000),
        firm(5),
        firm(6),
    ]
    known = context(reading(enterprises=[firm(n) for n in range(1, 6)])).register

    def by_firm(lines):
        looked_at = reading(enterprises=lines)
        names = {
            line.row: line.get("credit_code") for line in looked_at.tables["enterprises"].lines
        }
        found = violations(looked_at, register=known)
        return {(each.code, names[int(each.cell[1:])]) for each in found}

    assert by_firm([lines[n] for n in order]) == by_firm(lines)


def test_the_first_quarter_is_a_quarter_too():
    found = violations(
        reading(enterprises=[firm()], period="2026Q1"),
        period=Quarter(2026, 1),
        today=date(2026, 4, 1),
    )
    assert found == []
