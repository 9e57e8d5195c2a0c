"""The ledger on the pages of others: overview, target, cluster, park."""

import pytest

from measures.models import TaskReport
from tests.factories import make_clusters, make_park, make_target
from tests.measures.cast import make_report, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quarters")]
AT = "?period=2025Q2&as_of=2025-08-15"


def test_the_overview_counts_the_lights_and_follows_the_ledger(reader):
    make_target()
    task = make_task(due="2026-06-30")
    make_task("1-02", due="2026-06-30")
    page = reader.get(f"/{AT}").content.decode()
    assert "Ledger of measures" in page
    assert "light_red" in page
    assert "light_green" not in page

    make_report(task, quarter="2025Q2")
    page = reader.get(f"/{AT}").content.decode()
    assert "light_red" in page
    assert "light_green" in page

    TaskReport.objects.update(superseded_at="2025-08-01T00:00Z")
    assert "light_green" not in reader.get(f"/{AT}").content.decode()


def test_the_overview_says_nothing_of_an_empty_ledger(reader):
    make_target()
    assert "ledger-line" not in reader.get(f"/{AT}").content.decode()


def test_target_cluster_and_park_show_the_tasks_that_serve_them(reader):
    target, cluster, park = make_target(), make_clusters()[0], make_park()
    served, other = make_task("1-01"), make_task("1-02")
    served.targets.add(target)
    served.clusters.add(cluster)
    served.parks.add(park)
    for address in (
        f"/indicators/cluster-output-share/{AT}",
        f"/clusters/jinan/{AT}",
        f"/parks/{park.slug}/{AT}",
    ):
        page = reader.get(address).content.decode()
        assert served.local_wording in page, address
        assert other.local_wording not in page, address
        assert "does not say that the one caused the other" in page
