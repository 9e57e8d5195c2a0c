import pytest

from submissions.backfill.recognition import CITY, PERIOD, recognise
from submissions.rules.template_signature import stamp
from submissions.workbook.contents import Reading, SheetTable, Value
from submissions.workbook.foreign.places import CityWords
from tests.factories import make_city, make_period

NAMES = {"济南": "370100", "济宁": "370800", "莱芜": "370100"}
WORDS = CityWords(NAMES, {"jinan": "370100", "jining": "370800"})


def read(reporter=None, period=None, *, kind="enterprises", sheets=(), stamped=None):
    table = SheetTable(kind, "企业明细")
    if reporter:
        table.reporter = Value(reporter, "A2", reporter)
    if period:
        table.period = Value(period, "C2", period)
    return Reading({kind: table}, form="xlsx", sheets=list(sheets), stamp=stamped)


def found(reading, name="报表.xlsx"):
    one = recognise(reading, name, WORDS)
    return one.city, one.city_from, one.period, one.period_from


def test_the_cells_above_a_table_say_city_and_quarter():
    assert found(read("济南市生态环境局", "2024Q1")) == ("370100", "header", "2024Q1", "header")


@pytest.mark.django_db
def test_the_stamp_comes_before_the_cells():
    stamped = stamp(make_city(), make_period("2024Q1"))

    assert found(read(None, None, stamped=stamped)) == ("370100", "stamp", "2024Q1", "stamp")


@pytest.mark.django_db
def test_a_stamp_of_another_quarter_than_the_cells_contradicts_them():
    stamped = stamp(make_city(), make_period("2024Q1"))

    one = recognise(read("济南市", "2024Q2", stamped=stamped), "a.xlsx", WORDS)
    assert (one.city, one.period, one.contradictions) == ("370100", None, (PERIOD,))


def test_a_forged_stamp_says_nothing():
    assert found(read("济南市", "2024Q1", stamped="370800:2023Q4:forged"))[1] == "header"


def test_two_sheets_of_different_cities_contradict_each_other():
    reading = read("济南市生态环境局", "2024Q1")
    reading.tables["city"] = read("济宁市生态环境局", "2024Q1", kind="city").tables["city"]

    one = recognise(reading, "a.xlsx", WORDS)
    assert (one.city, one.contradictions) == (None, (CITY,))
    assert {each.where for each in one.evidence if each.what == CITY} == {"企业明细!A2"}


def test_sheets_and_the_files_name_come_last():
    assert found(read(sheets=["济宁2023年四季度"])) == ("370800", "sheet", "2023Q4", "sheet")
    assert found(read(), "2023/济宁_2023-Q4.xlsx") == ("370800", "file", "2023Q4", "file")
    assert found(read(), "jining 2023年1-12月.csv") == ("370800", "file", "2023Q4", "file")
    assert found(read(), "370100_2023Q1.csv")[0] == "370100"


def test_a_files_name_never_contradicts_what_is_inside():
    """Names are given by people in a hurry; they are shown and decide nothing."""
    one = recognise(read("济南市", "2024Q1"), "济宁2023Q4.xlsx", WORDS)

    assert (one.city, one.period, one.contradictions) == ("370100", "2024Q1", ())
    assert tuple(e.value for e in one.evidence if e.source == "file") == ("370800", "2023Q4")


def test_what_names_two_cities_or_none_says_nothing():
    assert found(read("济南市、济宁市"))[0] is None
    assert found(read(), "济南和济宁2024Q1和2024Q2.xlsx") == (None, "", None, "")
    assert found(read(), "报表.xlsx") == (None, "", None, "")


def test_a_slug_within_another_word_is_none():
    assert found(read(), "xjinanx.csv")[0] is None
