from decimal import Decimal

from submissions.figures import differences, figures
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


def test_differences_are_added_removed_and_changed_firms(city):
    before, after = make_submission(city), make_submission(city)
    same, changed, removed = (make_row(before) for _ in range(3))
    make_row(after, key=same.key, revenue="900.0", remark="别的话")
    make_row(after, key=changed.key, revenue=None)
    added = make_row(after)

    found = differences(rows(before), rows(after))
    assert [c.key for c in found.added] == [added.key]
    assert [c.key for c in found.removed] == [removed.key]
    [change] = found.changed
    assert change.key == changed.key
    assert (change.revenue_before, change.revenue_after) == (Decimal("900.00"), None)
    assert (change.output_before, change.output_after) == (Decimal(1000), Decimal(1000))
    assert found.removed[0].output_after is None


def test_differences_are_also_the_citys_totals(city):
    before, after = make_submission(city), make_submission(city)
    make_row(before, "city", "output_value", this_year="5")
    make_row(after, "city", "output_value", this_year="6")
    make_row(after, "city", "employees", this_year="1")

    assert differences(rows(before), rows(after)).measures == [
        ("环保业务产值", True, Decimal(5), Decimal(6)),
        ("从业人员", False, None, Decimal(1)),
    ]


def test_the_same_rows_make_no_difference(city):
    submission = make_submission(city)
    make_row(submission)

    assert not differences(rows(submission), rows(submission))
