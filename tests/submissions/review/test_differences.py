from decimal import Decimal

import pytest

from submissions.review.differences import differences, figures
from tests.submissions.cast import make_row, make_submission


def rows(submission):
    return list(submission.rows.all())


def test_sums_are_of_what_was_reported_and_silence_is_none(city):
    submission = make_submission(city)
    make_row(submission, revenue=None, output_value="1.10")
    assert figures(rows(submission)).revenue is None
    make_row(submission, revenue="0", output_value="2.20")

    found = figures(rows(submission))
    assert (found.firms, found.output_value, found.revenue) == (2, Decimal("3.30"), Decimal(0))


def test_over_a_hundred_million_is_strictly_over(city):
    submission = make_submission(city)
    for revenue in ("100000000", "100000000.01", None):
        make_row(submission, revenue=revenue)

    assert figures(rows(submission)).over_100m == 1


def test_the_citys_own_totals_come_with_their_cells(city):
    submission = make_submission(city)
    make_row(submission, "city", "output_value", sheet="城市汇总", this_year="5", last_year=None)
    make_row(submission, "city", "自创指标", sheet="城市汇总", this_year="5")

    [measure] = figures(rows(submission)).measures
    assert (measure.label, measure.money) == ("环保业务产值", True)
    assert (measure.this_year, measure.last_year) == (Decimal(5), None)
    assert measure.place == "城市汇总!A5"


def test_differences_are_lines_added_and_removed_and_values_changed(city):
    before, after = make_submission(city), make_submission(city)
    same, changed, removed = (make_row(before) for _ in range(3))
    make_row(after, key=same.key, revenue="900.0", name=same.values["name"])
    moved = make_row(after, key=changed.key, revenue=None, row=99, name=changed.values["name"])
    added = make_row(after)

    found = differences(rows(before), rows(after))
    assert [one.key for one in found.added] == [added.key]
    [gone] = found.removed
    assert (gone.key, gone.subject) == (removed.key, removed.values["name"])
    assert (gone.output_value, gone.revenue) == (Decimal(1000), Decimal("900.00"))
    [change] = found.changed
    assert (change.subject, change.firm) == (changed.values["name"], changed.key)
    assert (change.heading, change.shown_as) == ("环保业务营业收入", "amount")
    assert (change.before, change.after) == (Decimal("900.00"), None)
    assert change.place == f"企业明细!{moved.cells['revenue']}"
    assert change.about == f"enterprises/{changed.key}/revenue"
    assert found.firms == 1


@pytest.mark.parametrize(
    ("field", "heading", "was", "now"),
    [
        ("rd_expenditure", "研发经费", Decimal(5), Decimal(6)),
        ("employees", "从业人员", Decimal(40), None),
        ("revenue_last_year", "上年同期环保业务营业收入", None, Decimal(0)),
        ("park", "所属园区", "甲", "乙"),
        ("name", "企业名称", "旧名", "新名"),
    ],
)
def test_every_value_of_a_line_is_compared_and_none_is_not_0(city, field, heading, was, now):
    before, after = make_submission(city), make_submission(city)
    line = make_row(before, **{"name": "甲", field: None if was is None else str(was)})
    make_row(after, key=line.key, **{"name": "甲", field: None if now is None else str(now)})

    [change] = differences(rows(before), rows(after)).changed
    assert (change.heading, change.before, change.after) == (heading, was, now)


def test_differences_are_also_the_citys_totals(city):
    before, after = make_submission(city), make_submission(city)
    make_row(before, "city", "output_value", this_year="5")
    make_row(before, "city", "revenue", this_year="7")
    make_row(after, "city", "output_value", this_year="6")
    make_row(after, "city", "employees", this_year="1")

    found = differences(rows(before), rows(after))
    assert [(one.subject, one.shown_as, one.before, one.after) for one in found.changed] == [
        ("环保业务产值", "amount", Decimal(5), Decimal(6)),
        ("从业人员", "count", None, Decimal(1)),
        ("环保业务营业收入", "amount", Decimal(7), None),
    ]
    assert not found.added
    assert not found.removed
    assert found.firms == 0


def test_parks_and_blocks_are_compared_too(city):
    before, after = make_submission(city), make_submission(city)
    make_row(before, "parks", "园区甲", sheet="园区进展", park="园区甲", investment="1")
    make_row(after, "parks", "园区甲", sheet="园区进展", park="园区甲", investment="2")
    make_row(before, "blocks", "园区1", sheet="集群建设", content="园区1", status="在建")

    found = differences(rows(before), rows(after))
    assert [(one.heading, one.after) for one in found.changed] == [("完成投资", Decimal(2))]
    assert [(one.kind, one.subject) for one in found.removed] == [("blocks", "园区1")]


def test_the_same_rows_make_no_difference(city):
    submission = make_submission(city)
    make_row(submission)

    assert not differences(rows(submission), rows(submission))


def test_what_is_said_of_a_line_is_one_of_its_values(city):
    before, after = make_submission(city), make_submission(city)
    row = make_row(before, remark="旧")
    make_row(after, key=row.key, name=row.values["name"], remark="新")

    [change] = differences(rows(before), rows(after)).changed
    assert (change.heading, change.shown_as) == ("说明", "text")
    assert (change.before, change.after) == ("旧", "新")
