"""
The main job, end to end: cities' workbooks become accepted figures, and both targets answer.

Everything goes through the command line and is read back through the API, as other systems do.
"""

import contextlib
import json
import random
from copy import copy
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import (
    CITIES,
    make_cities,
    make_city,
    make_clusters,
    make_enterprise,
    make_period,
    make_target,
    make_user,
)
from tests.submissions.fault_catalogue import forge

UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
CLUSTERS = ("370100", "370200", "370300")
SILENT = ("370600", "371300")
PERIOD = "2025Q3"


def in_unit(cents: int, unit: str) -> Decimal:
    """An amount of so many cents, as it is written in a unit."""
    return Decimal(cents) / 100 / UNITS[unit]


@pytest.fixture
def province(db):
    make_cities()
    make_clusters()
    make_target("cluster-output-share")
    make_target("firms-over-100m")
    for code in ("2025Q1", "2025Q2", PERIOD, "2025Q4"):
        make_period(code)
    make_user("reviewer", username="reviewer")
    for code, (slug, *_) in CITIES.items():
        make_user("bureau", make_city(code), username=slug)


class Economy:
    """What every city has, in cents: the figures that the workbooks are written from."""

    def __init__(self, seed: int, firms_each: int = 6):
        chance = random.Random(seed)
        self.firms = {
            code: [
                (make_enterprise(make_city(code)), chance.randrange(10**9, 3 * 10**10))
                for _ in range(firms_each)
            ]
            for code in CITIES
        }
        # A city's total holds more than its lines: small firms are not listed.
        self.output = {
            code: sum(2 * cents for _, cents in firms) + chance.randrange(10**9, 9 * 10**12)
            for code, firms in self.firms.items()
        }

    def by_midyear(self):
        """The same economy a quarter earlier: everyone had made two thirds of it."""
        earlier = copy(self)
        earlier.firms = {
            code: [(firm, cents * 2 // 3) for firm, cents in firms]
            for code, firms in self.firms.items()
        }
        earlier.output = {code: cents * 2 // 3 for code, cents in self.output.items()}
        return earlier

    def workbook(self, code: str, unit: str, period: str = PERIOD) -> bytes:
        """The city's workbook, all money in one unit."""

        def row(measure, cents):
            return forge.city_row(measure, in_unit(cents, unit), unit=unit)

        revenue = sum(cents for _, cents in self.firms[code])
        over = sum(cents > 10**10 for _, cents in self.firms[code])
        return forge.workbook(
            city=CITIES[code][1],
            period=period,
            unit=unit,
            enterprises=[
                forge.enterprise(
                    credit_code=firm.credit_code,
                    name=firm.name,
                    park=None,
                    output_value=in_unit(2 * cents, unit),
                    revenue=in_unit(cents, unit),
                    total_revenue=in_unit(3 * cents, unit),
                    rd_expenditure=None,
                    revenue_last_year=None,
                )
                for firm, cents in self.firms[code]
            ],
            cities=[
                row("环保业务产值", self.output[code]),
                row("环保业务营业收入", revenue),
                forge.city_row("环保企业数", 500),
                forge.city_row("环保营业收入过1亿元企业数", over),
                row("研发经费", 10**9),
                forge.city_row("从业人员", 9_000),
            ],
        )

    def share(self, codes=CITIES) -> Decimal:
        """The clusters' share among these cities, calculated apart from the product."""
        clusters = sum(self.output[code] for code in codes if code in CLUSTERS)
        return Decimal(clusters) / sum(self.output[code] for code in codes)

    def over(self, codes=CITIES) -> int:
        """How many firms of these cities are over 100 million yuan."""
        return sum(cents > 10**10 for code in codes for _, cents in self.firms[code])


def submit_file(path, code, period=PERIOD, **options):
    """Send a file the whole way; return what the command says of it."""
    out = StringIO()
    with contextlib.suppress(CommandError):
        call_command(
            "submit_return",
            str(path),
            city=code,
            period=period,
            by=CITIES[code][0],
            accept_by="reviewer",
            json=True,
            stdout=out,
            **options,
        )
    return json.loads(out.getvalue().strip().splitlines()[-1])


def submit(tmp_path, code, content, period=PERIOD):
    """Send a workbook the whole way; return what the command says of it."""
    return submit_file(forge.saved(content, tmp_path, f"{code}-{period}.xlsx"), code, period)


@pytest.fixture
def ask(client, province):
    client.force_login(make_user("official"))
    return lambda code, **query: client.get(f"/api/v1/indicators/{code}/", query).json()


def test_sixteen_workbooks_in_four_units_give_the_totals_to_the_cent(tmp_path, client, ask):
    economy = Economy(seed=311)
    for number, code in enumerate(CITIES):
        said = submit(tmp_path, code, economy.workbook(code, list(UNITS)[number % 4]))
        assert said["status"] == "accepted", said

    for city in client.get(f"/api/v1/cities/?period={PERIOD}").json()["results"]:
        assert Decimal(city["output_value"]) * 100 == economy.output[city["code"]]
    reported = {
        one["credit_code"]: Decimal(one["revenue"]) * 100
        for one in client.get(f"/api/v1/enterprises/?period={PERIOD}&limit=5000").json()["results"]
    }
    assert reported == {
        firm.credit_code: cents for firms in economy.firms.values() for firm, cents in firms
    }
    share = ask("cluster-output-share", period=PERIOD)
    assert abs(Decimal(share["value"]) - economy.share()) < Decimal("1e-9")
    everybody = {"accepted": 16, "expected": 16, "missing": [], "weight": None}
    assert share["coverage"] == everybody
    assert share["provisional"] is False
    assert share["certain"]["low"] == share["certain"]["high"] == share["value"]
    assert int(ask("firms-over-100m", period=PERIOD)["value"]) == economy.over()


@pytest.mark.parametrize("history", [True, False], ids=["with a quarter before", "without"])
def test_fourteen_give_ranges_that_hold_the_later_value_and_no_share(tmp_path, ask, history):
    economy = Economy(seed=14)
    if history:
        for code in CITIES:
            earlier = economy.by_midyear()
            submit(tmp_path, code, earlier.workbook(code, "万元", "2025Q2"), period="2025Q2")
    spoke = [code for code in CITIES if code not in SILENT]
    for code in spoke:
        submit(tmp_path, code, economy.workbook(code, "万元"))

    share = ask("cluster-output-share", period=PERIOD)
    firms = ask("firms-over-100m", period=PERIOD)
    assert (share["value"], firms["value"]) == (None, None)
    alone = share["reported_only"]
    assert abs(Decimal(alone["value"]) - economy.share(spoke)) < Decimal("1e-9")
    assert alone["cities"] == 14
    assert share["coverage"]["missing"] == list(SILENT)
    assert share["provisional"] is True
    assert "Yantai and Linyi" in share["explanation"]
    assert int(firms["reported_only"]["value"]) == economy.over(spoke)

    for code in SILENT:
        submit(tmp_path, code, economy.workbook(code, "亿元"))
    later = Decimal(ask("cluster-output-share", period=PERIOD)["value"])
    # A silent city outside the clusters can only have flattered the share.
    assert later <= Decimal(share["certain"]["high"])
    assert later < Decimal(alone["value"])
    assert economy.over(spoke) <= int(firms["certain"]["low"]) <= economy.over()
    if history:
        assert Decimal(share["estimate"]["low"]) <= later <= Decimal(share["estimate"]["high"])
        assert later < Decimal(share["certain"]["high"]) < Decimal(alone["value"])
    else:
        assert share["estimate"] is None


def test_a_restatement_changes_today_and_not_yesterday(tmp_path, client, ask, time_machine):
    economy = Economy(seed=7, firms_each=2)
    time_machine.move_to("2025-10-20 10:00+08:00")
    for code in CITIES:
        submit(tmp_path, code, economy.workbook(code, "万元"))
    before = ask("cluster-output-share", period=PERIOD)["value"]

    time_machine.move_to("2025-10-21 10:00+08:00")
    client.force_login(make_user("official"))
    economy.output["370100"] *= 2
    said = submit(tmp_path, "370100", economy.workbook("370100", "万元"))
    assert said["status"] == "accepted"

    today = ask("cluster-output-share", period=PERIOD)["value"]
    assert abs(Decimal(today) - economy.share()) < Decimal("1e-9")
    yesterday = ask("cluster-output-share", period=PERIOD, as_of="2025-10-20")
    assert yesterday["value"] == before
    page = client.get(f"/indicators/cluster-output-share/?period={PERIOD}&as_of=2025-10-20")
    now = client.get(f"/indicators/cluster-output-share/?period={PERIOD}")
    shown = f"{Decimal(before) * 100:.1f}%"
    assert shown in page.content.decode()
    assert f"{Decimal(today) * 100:.1f}%" in now.content.decode()
    assert shown not in now.content.decode().split("<table")[0]


def test_the_same_figures_as_csv_count_for_the_firms_and_not_for_the_share(tmp_path, ask):
    economy = Economy(seed=3, firms_each=3)
    lines = [
        forge.enterprise(
            credit_code=firm.credit_code,
            name=firm.name,
            park=None,
            output_value=in_unit(2 * cents, "万元"),
            revenue=in_unit(cents, "万元"),
            total_revenue=None,
            rd_expenditure=None,
            revenue_last_year=None,
        )
        for firm, cents in economy.firms["370100"]
    ]
    path = tmp_path / "jinan.csv"
    path.write_bytes(forge.as_csv(lines, encoding="gb18030"))
    silent = submit_file(path, "370100")
    # No 城市汇总: an advisory finding that must be answered first.
    assert [finding["severity"] for finding in silent["findings"]] == ["advisory"]
    assert silent["status"] == "uploaded"

    said = submit_file(path, "370100", explain=["W139=汇总表待市局盖章后补报"])
    assert said["status"] == "accepted"
    firms = ask("firms-over-100m", period=PERIOD)
    assert firms["reported_only"] == {"value": str(economy.over(["370100"])), "cities": 1}
    assert ask("cluster-output-share", period=PERIOD)["value"] is None
