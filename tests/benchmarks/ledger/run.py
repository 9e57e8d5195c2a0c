"""
How long the ledger's page takes with 40 tasks and with 500, each of two steps and twelve quarters.

Read the first time after something was accepted, and again. Only the second is held to a limit: a
ledger is read once for a data version (measures.plan_ledger), and every later reader is shown it.
"""

import sys
import time
from datetime import date, timedelta

import django

FEW, MANY = 40, 500
# The most that many tasks may cost beside few: their list and matrix are as long, their rows more.
TIMES = 2.0
ROUNDS = 5
ADDRESS = "/measures/?period=2025Q4"
PASSWORD = "only for the benchmark"


def fill(number: int) -> int:
    """Add tasks up to a number, with their reports; return how many reports there are."""
    cities = list(City.objects.order_by("code"))
    areas = list(PlanMeasure.objects.order_by("pk"))
    department = Department.objects.first()
    for at in range(Task.objects.count(), number):
        task = Task.objects.create(
            area=areas[at % len(areas)],
            number=f"{at % len(areas) + 1}-{at:03}",
            wording="建立生态环保产业重点项目库",
            standard="印发文件",
            begins="2023Q1",
            lead=department,
        )
        task.cities.set(cities[(at + n) % len(cities)] for n in range(at % 5))
        for step in (1, 2):
            due = date(2024, 1, 1) + timedelta(days=(at * 13 + step * 300) % 700)
            report(Node.objects.create(task=task, what="节点", position=step, first_due=due))
    return TaskReport.objects.count()


def report(node: "Node") -> None:
    """Report a step for each quarter up to one, other for each step."""
    who = [{"city": city} for city in node.task.cities.all()] or [{"department": node.task.lead}]
    periods = ReportingPeriod.objects.filter(code__range=("2023Q1", "2025Q4")).order_by("code")
    TaskReport.objects.bulk_create(
        TaskReport(
            node=node,
            period=period,
            state="under_way",
            text="正在推进",
            published_at=end_of(period.due_on),
            **one,
        )
        for one in who
        for period in periods[: node.pk % 12]
    )


def seconds(client: "Client") -> float:
    """Return how long the page takes."""
    began = time.perf_counter()
    assert client.get(ADDRESS).status_code == 200
    return time.perf_counter() - began


def measured(client: "Client", number: int) -> float:
    """Print how long the page takes with so many tasks; return the median when read again."""
    reports = fill(number)
    first = seconds(client)
    again = median(seconds(client) for _round in range(ROUNDS))
    print(f"{number} tasks, {reports:,} reports: first {first:.2f} s, again {again:.2f} s")
    return again


def main(database: str) -> None:
    """Print the figures of one database."""
    call_command("setup", verbosity=0)
    client = Client(headers={"host": "localhost"})
    client.force_login(make_user("official", username="official", password=PASSWORD))
    seconds(client)
    print(f"\n{database}: the ledger of measures")
    few, many = measured(client, FEW), measured(client, MANY)
    print(f"{many / few:.1f} times as long (at most {TIMES})")
    assert many <= few * TIMES


if __name__ == "__main__":
    django.setup()
    from statistics import median

    from django.core.management import call_command
    from django.test import Client

    from clusters.models import City, PlanMeasure, ReportingPeriod
    from clusters.viewpoint import end_of
    from measures.models import Department, Node, Task, TaskReport
    from tests.factories import make_user

    main(sys.argv[1])
