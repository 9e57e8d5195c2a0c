"""The ledger on the pages of others: overview, target, cluster, park."""

import pytest
from django.utils.html import strip_tags

from measures.models import TaskReport
from tests.factories import make_cities, make_clusters, make_park, make_target
from tests.measures.cast import make_department, make_member, make_report, make_task

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


def attention_lines(reader):
    """Return what stands in the lines of the overview's section of what needs attention."""
    page = reader.get(f"/{AT}").content.decode()
    section = page.split('id="attention"')[1].split("</section>")[0]
    return [" ".join(strip_tags(one).split()) for one in section.split("<li>")[1:]]


def test_a_red_task_is_among_what_needs_attention(reader):
    make_target()
    make_report(make_task("1-01", due="2026-06-30"), quarter="2025Q2")
    make_report(make_task("1-02", due="2025-06-30"), quarter="2025Q2")
    [line] = [one for one in attention_lines(reader) if "任务" in one]
    assert line.startswith("Red: overdue 1-02 任务1-02 Ecology · Missed: it was due on")
    assert line.endswith("46 days ago.")


def test_many_red_tasks_stand_in_one_line_but_for_those_that_are_red_longest(reader):
    make_target()
    for number in range(1, 6):
        task = make_task(f"1-0{number}", due=f"2025-0{number}-10")
        make_report(task, quarter="2025Q2")
    lines = attention_lines(reader)
    told = [one for one in lines if one.startswith("Red: overdue")]
    assert [one.split()[2] for one in told] == ["1-01", "1-02", "1-03", "2"]
    assert told[-1] == "Red: overdue 2 more tasks"
    assert "/measures/?period=2025Q2&amp;as_of=2025-08-15&amp;light=red" in (
        reader.get(f"/{AT}").content.decode()
    )


def test_of_a_task_of_many_cities_the_first_that_is_late_is_named(reader):
    make_target()
    cities = make_cities()
    make_report(make_task("1-01", cities=cities, due="2025-06-30"), cities[0], "2025Q2")
    [line] = [one for one in attention_lines(reader) if "任务" in one]
    assert "16 units (Jinan and others)" in line


def test_departments_with_the_same_rights_are_shown_their_own_tasks(client, quarters):
    make_target()
    ecology, finance = make_department(), make_department("finance", "省财政厅", "Finance")
    make_task("1-01", lead=ecology)
    make_task("1-02", lead=finance)
    for department, seen, unseen in ((ecology, "1-01", "1-02"), (finance, "1-02", "1-01")):
        client.force_login(make_member(department, username=department.slug))
        page = client.get(f"/{AT}").content.decode()
        assert f"任务{seen}" in page
        assert f"任务{unseen}" not in page


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
