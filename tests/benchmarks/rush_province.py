"""
Bureaus with two thousand firms each, and their workbooks of the newest quarter.

    python -m tests.benchmarks.rush_province FOLDER CITIES LINES TURN…

adds an account of each bureau to the database of DATABASE_URL, and to the embedded one the firms,
writes a workbook of each into FOLDER/TURN, and prints the accounts' names as one line of JSON.
"""

import json
import sys
from pathlib import Path

import django


def bureaus(folder: Path, cities: int, lines: int, turns: list[str]) -> list[str]:
    """Make an account and a workbook for each city; return the accounts' names."""
    names = []
    for city in City.objects.order_by("code")[:cities]:
        name = f"bureau-{city.code}"
        make_user("bureau", city, username=name, password=PASSWORD)
        firms = Enterprise.objects.filter(city=city).order_by("pk")[:lines]
        for shift, turn in enumerate(turns):
            # Code, name, park, output, revenue, all revenue, R&D, staff, last year's, remark.
            amounts = [900, 2_000, 12.5, 100, 810, None]
            rows = [
                [one.credit_code, one.name, None, 1_000 + n + shift, *amounts]
                for n, one in enumerate(firms)
            ]
            (folder / turn).mkdir(exist_ok=True)
            (folder / turn / f"{name}.xlsx").write_bytes(workbook(rows))
        names.append(name)
    return names


def register(cities: int, lines: int) -> None:
    """Register so many firms in every city; an official reads the pages."""
    make_user("official", username="official", password=PASSWORD)
    for city in City.objects.order_by("code")[:cities]:
        Enterprise.objects.bulk_create(
            Enterprise(credit_code=credit_code(n, city.code), name=f"示例企业{n}", city=city)
            for n in range(1, lines + 1)
        )


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from clusters.models import City
    from enterprises.models import Enterprise
    from tests.benchmarks.bureau import workbook
    from tests.benchmarks.large_province import PASSWORD
    from tests.factories import credit_code, make_user

    # Static files too, without which no page can be shown.
    call_command("setup", verbosity=0)
    if connection.vendor == "sqlite":
        register(int(sys.argv[2]), int(sys.argv[3]))
    target, cities, lines, *turns = sys.argv[1:]
    print(json.dumps(bureaus(Path(target), int(cities), int(lines), turns)))
