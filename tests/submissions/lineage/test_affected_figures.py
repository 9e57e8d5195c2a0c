import pytest

from clusters.models import BlockCategory, BuildingBlock, Cluster
from submissions.lineage.affected_figures import affected_figures
from tests.factories import make_clusters, make_park
from tests.submissions.cast import make_row, make_submission

pytestmark = pytest.mark.django_db


def names(submission, row, field):
    return [one.name for one in affected_figures(submission, row, field)]


def test_a_city_without_a_cluster_enters_the_province_only():
    submission = make_submission()
    row = make_row(submission, "city", "output_value", sheet="城市汇总", this_year="1.00")

    assert "province's sum only" in affected_figures(submission, row, "this_year")[-1].how


def test_a_citys_other_measures_do_not_enter_the_share():
    submission = make_submission()
    row = make_row(submission, "city", "revenue", sheet="城市汇总", this_year="1.00")

    assert len(affected_figures(submission, row, "this_year")) == 1


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


def test_a_line_outside_the_plan_affects_no_figure(city):
    make_clusters()
    submission = make_submission(city)

    row = make_row(submission, "blocks", "别的", sheet="集群建设", status="在建")
    assert names(submission, row, "status") == []


def test_a_blank_cell_affects_no_figure(city):
    submission = make_submission(city)

    assert affected_figures(submission, make_row(submission, revenue=None), "revenue") == []
