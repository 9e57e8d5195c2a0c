import pytest

from clusters.models import BlockCategory, BuildingBlock, Cluster
from clusters.viewpoint import today
from indicators.data.snapshot_reader import snapshot
from submissions.lineage.affected_figures import affected_figures
from tests.factories import make_city, make_clusters, make_enterprise, make_park, make_target
from tests.measures.cast import make_task
from tests.submissions.cast import make_row, make_submission

pytestmark = pytest.mark.django_db


def affected(submission, row, field):
    return affected_figures(snapshot(today(submission.period.quarter)), submission, row, field)


def names(submission, row, field):
    return [one.name for one in affected(submission, row, field)]


def test_a_city_without_a_cluster_enters_the_province_only():
    submission = make_submission()
    row = make_row(submission, "city", "output_value", sheet="城市汇总", this_year="1.00")

    assert "province's sum only" in affected(submission, row, "this_year")[-1].how


def test_a_citys_other_measures_do_not_enter_the_share():
    submission = make_submission()
    row = make_row(submission, "city", "revenue", sheet="城市汇总", this_year="1.00")

    assert len(affected(submission, row, "this_year")) == 1


def test_a_park_is_found_by_its_folded_name(city):
    park = make_park(city, name="济南（环保）园")
    submission = make_submission(city)
    row = make_row(submission, "parks", "济南(环保)园", sheet="园区进展", output_value="1.00")

    assert names(submission, row, "output_value") == [str(park)]


def test_a_status_affects_its_block_and_its_cluster(city):
    make_clusters()
    cluster = Cluster.objects.get(city=city)
    submission = make_submission(city)
    category = BlockCategory.objects.create(cluster=cluster, position=1, name="院", name_en="I")
    block = BuildingBlock.objects.create(category=category, content="研究院")
    row = make_row(submission, "blocks", "研究 院", sheet="集群建设", status="在建")

    assert names(submission, row, "status") == [str(block), str(cluster)]


def test_a_report_on_a_task_leads_to_the_task(city):
    task = make_task("2-01", cities=[city])
    submission = make_submission(city)
    words = {"number": "2-01", "step": "印发方案", "state": "推进中"}
    row = make_row(submission, "tasks", "2-01#1", sheet="任务进展", **words)

    [one] = affected(submission, row, "state")
    assert one.address.startswith(task.get_absolute_url())
    assert affected(submission, row, "step") == []


def test_a_line_outside_the_plan_affects_no_figure(city):
    make_clusters()
    submission = make_submission(city)

    row = make_row(submission, "blocks", "别的", sheet="集群建设", status="在建")
    assert names(submission, row, "status") == []


def test_a_blank_cell_affects_no_figure(city):
    submission = make_submission(city)

    assert affected(submission, make_row(submission, revenue=None), "revenue") == []


@pytest.fixture
def six_targets():
    """The contract's two, firms over 50 million and from 98.0784 million on, staff, a share."""
    make_target("cluster-output-share")
    make_target("firms-over-100m")
    counted = {"kind": "count", "measure": "revenue", "unit": "count", "value": 400}
    make_target("firms-over-50m", position=3, name="过5000万元", threshold=50_000_000, **counted)
    exact = {"strict": False, "threshold": "98078400.00"}
    make_target("firms-from-98m", position=4, name="不低于", **exact, **counted)
    level = {"kind": "level", "measure": "employees", "unit": "count", "value": 120_000}
    make_target("staff", position=5, name="从业人员", **level)
    share = {"kind": "share", "measure": "rd_expenditure", "numerator": "park_cities"}
    make_target("park-rd", position=6, name="园区城市研发", value="0.6", **share)


def said(submission, row, field):
    """What is said of each target, by its code."""
    found = affected(submission, row, field)
    return {
        one.address.split("/")[2]: one.how for one in found if one.address.startswith("/indicators")
    }


def test_a_revenue_is_held_against_the_line_of_every_count(city, six_targets):
    submission = make_submission(city)
    row = make_row(submission, key=make_enterprise(city).credit_code, revenue="98078400.00")

    assert said(submission, row, "revenue") == {
        "firms-over-100m": "Does not count: cumulative revenue is not over 100,000,000 yuan.",
        "firms-over-50m": "Counts: cumulative revenue is over 50,000,000 yuan.",
        "firms-from-98m": "Counts: cumulative revenue is at least 98,078,400 yuan.",
    }


def test_a_line_of_staff_says_that_the_target_takes_the_citys_total(city, six_targets):
    submission = make_submission(city)
    row = make_row(submission, employees="96")

    assert said(submission, row, "employees") == {
        "staff": "Not by itself: the target uses the city's own total, in 城市汇总."
    }


def test_a_citys_staff_enters_the_total_and_its_research_the_share_of_park_cities(
    city, six_targets
):
    make_park(city)
    submission = make_submission(city)
    elsewhere = make_submission(make_city("370600"))

    staff = make_row(submission, "city", "employees", sheet="城市汇总", this_year="500")
    assert said(submission, staff, "this_year") == {"staff": "Enters the province's sum."}
    for one, words in (
        (submission, "Enters the sum of the cities with a park and the province's."),
        (elsewhere, "Enters the province's sum only: the city has no park of the plan."),
    ):
        row = make_row(one, "city", "rd_expenditure", sheet="城市汇总", this_year="1.00")
        assert said(one, row, "this_year") == {"park-rd": words}


def test_what_a_city_says_of_last_year_counts_for_no_target(city, six_targets):
    submission = make_submission(city)
    row = make_row(submission, "city", "employees", sheet="城市汇总", last_year="500")

    assert said(submission, row, "last_year") == {}
