import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from indicators.data import notes
from indicators.models import Note
from tests.factories import (
    PUBLISHED_AT,
    make_cities,
    make_city,
    make_city_return,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_park,
    make_period,
    make_plan,
    make_publication,
    make_target,
)

PAGED = ["cities", "clusters", "parks", "measures", "enterprises", "submissions"]
LISTS = ["indicators", *PAGED]


@pytest.fixture
def province(db):
    """Fourteen of sixteen cities have reported; Yantai and Linyi are silent."""
    make_clusters()
    make_target("cluster-output-share")
    make_target("firms-over-100m")
    for city in make_cities():
        if city.code not in ("370600", "371300"):
            make_city_return(city, output_value="100.00")
    make_enterprise_return(revenue="100000000.00")
    make_enterprise_return(revenue="100000000.01")
    make_park()


@pytest.fixture
def ask(client, official, province):
    client.force_login(official)
    return lambda address: client.get(f"/api/v1/{address}")


def test_the_share_is_the_clusters_of_the_reporting_cities(ask):
    share = ask("indicators/cluster-output-share/?period=2025Q3").json()

    # Two cities are silent: what the others made is given apart, with their number.
    assert share["value"] is None
    assert share["reported_only"]["cities"] == 14
    of_fourteen = (Decimal(300) / Decimal(1400)).quantize(Decimal("1E-10"))
    assert Decimal(share["reported_only"]["value"]) == of_fourteen
    assert share["unit"] == "ratio"
    target = {"value": "0.5", "comparator": ">=", "period": "2025Q4", "changed_on": None}
    assert share["target"] == target
    assert share["baseline"] is None
    assert share["attainment"] is None


def test_the_silent_cities_are_named_and_leave_a_certain_range(ask):
    share = ask("indicators/cluster-output-share/?period=2025Q3").json()

    assert share["coverage"] == {
        "accepted": 14,
        "expected": 16,
        "missing": ["370600", "371300"],
        "weight": None,
    }
    assert share["provisional"] is True
    # Neither has ever reported, and neither is a cluster: only a ceiling is certain, 300 / 1,400
    # rounded up.
    assert share["certain"] == {
        "low": None,
        "high": "0.2143",
        "open": ["low"],
        "withdrawn": False,
    }
    assert (share["status"], share["reason"]) == ("M", "no_earlier_figure")
    assert (share["estimate"], share["break_even"]) == (None, None)
    assert (share["standing"], share["expected_standing"]) == ("cannot_judge", None)
    assert "Yantai and Linyi" in share["explanation"]


def test_exactly_a_hundred_million_is_not_over(ask):
    firms = ask("indicators/firms-over-100m/?period=2025Q3").json()

    assert (firms["value"], firms["reported_only"]) == (None, {"value": "1", "cities": 1})
    assert firms["certain"] == {"low": "1", "high": None, "open": ["high"], "withdrawn": False}
    assert firms["secured"] == 1
    assert {"on_pace", "near_miss"} <= firms.keys()


def test_nothing_reported_is_null_and_not_zero(ask):
    make_period("2024Q1")
    for one in ask("indicators/?period=2024Q1").json():
        assert one["value"] is None
        assert one["standing"] == "cannot_judge"
        assert one["coverage"]["accepted"] == 0


def test_a_day_in_the_past_shows_what_was_in_force_then(ask):
    later = PUBLISHED_AT + timedelta(days=10)
    jinan = make_city()
    jinan.returns.update(superseded_at=later)
    make_city_return(jinan, output_value="1400.00", published_at=later)
    address = "indicators/cluster-output-share/?period=2025Q3"

    now = ask(address).json()
    then = ask(f"{address}&as_of={PUBLISHED_AT:%Y-%m-%d}").json()
    assert Decimal(now["reported_only"]["value"]) > Decimal("0.5")
    assert Decimal(then["reported_only"]["value"]) < Decimal("0.3")
    assert then["as_of"] == "2026-01-20"


def test_the_list_has_what_the_plan_of_the_period_has(ask):
    make_target(
        "output",
        kind="level",
        measure="output_value",
        unit="yi",
        value="2000",
        name="产值",
        name_en="Output",
        position=3,
    )
    make_target(
        "parks",
        kind="established",
        measure="",
        things="parks",
        unit="count",
        value="10",
        comparator="about",
        band_low="9",
        band_high="11",
        position=4,
    )
    share, firms, output, parks = ask("indicators/?period=2025Q3").json()

    assert (share["code"], firms["code"]) == ("cluster-output-share", "firms-over-100m")
    assert (output["kind"], output["unit"], output["value"]) == ("level", "yuan", None)
    assert output["reported_only"] == {"value": "1400", "cities": 14}
    assert output["certain"]["low"] == "1400"
    assert (output["target"]["value"], output["target"]["period"]) == ("200000000000", "2025Q4")
    assert output["name"] == "Output"
    assert parks["band"] == {"low": "9", "high": "11"}
    assert parks["value"] is None
    assert ask("indicators/parks/?period=2025Q3").json() == parks


def test_another_plans_quarter_has_that_plans_targets(ask):
    plan = make_plan(code="next", title="next", first_year=2026, last_year=2030)
    make_target(
        "firms-over-200m",
        plan=plan,
        kind="count",
        measure="revenue",
        unit="count",
        threshold="200000000",
        value="150",
        period="2030Q4",
    )
    make_period("2026Q1")

    assert [one["code"] for one in ask("indicators/?period=2026Q1").json()] == ["firms-over-200m"]
    assert len(ask("indicators/?period=2025Q3").json()) == 2
    # The contract's codes answer for any quarter, with what was reported and no target.
    share = ask("indicators/cluster-output-share/?period=2026Q1").json()
    assert (share["target"], share["plan"], share["standing"]) == (None, None, "cannot_judge")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_the_same_rows_in_every_form(ask, name):
    as_json = ask(f"{name}/").json()
    as_json = as_json["results"] if name in PAGED else as_json
    as_csv = list(
        csv.reader(io.StringIO(ask(f"{name}/?format=csv").getvalue().decode("utf-8-sig")))
    )
    book = load_workbook(io.BytesIO(ask(f"{name}/?format=xlsx").getvalue()))
    as_xlsx = list(book.active.iter_rows(values_only=True))

    assert len(as_csv) == len(as_xlsx) == len(as_json) + 1
    assert as_csv[0] == list(as_xlsx[0])
    assert not any(cell.data_type == "f" for row in book.active.iter_rows() for cell in row)


def test_money_is_a_decimal_string_and_a_number_in_a_spreadsheet(ask):
    assert ask("cities/").json()["results"][0]["output_value"] == "100.00"
    book = load_workbook(io.BytesIO(ask("cities/?format=xlsx").getvalue()))
    headings = [cell.value for cell in book.active[1]]
    assert book.active[2][headings.index("output_value")].value == 100


@pytest.mark.parametrize(
    "address",
    ["indicators/?period=2025", "indicators/?period=1999Q1", "cities/?as_of=31.1.2026"],
)
def test_an_impossible_period_or_day_is_answered_in_words(ask, address):
    answer = ask(address)

    assert answer.status_code == 400
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "address", ["indicators/growth/", "enterprises/91370100MA00000000/", "submissions/999/"]
)
def test_what_is_not_there_is_404_with_detail(ask, address):
    answer = ask(address)

    assert answer.status_code == 404
    assert answer.json()["detail"]


def test_a_program_without_an_account_is_told_so_in_json(client, db):
    answer = client.get("/api/v1/indicators/")

    assert answer.status_code == 401
    assert answer.json() == {"detail": "Unauthorized"}


def test_a_bureau_sees_the_provinces_totals_and_its_own_enterprises(client, officer, province):
    elsewhere = make_enterprise(make_city("370600"))
    client.force_login(officer)

    assert client.get("/api/v1/cities/").json()["count"] == 16
    own = client.get("/api/v1/enterprises/").json()["results"]
    assert {one["city"] for one in own} == {"370100"}
    assert client.get(f"/api/v1/enterprises/{own[0]['credit_code']}/").status_code == 200
    assert client.get(f"/api/v1/enterprises/{elsewhere.credit_code}/").status_code == 404


def test_enterprises_cost_the_same_number_of_queries_however_many(
    ask, django_assert_max_num_queries
):
    for _ in range(30):
        make_enterprise_return()
    with django_assert_max_num_queries(13):
        ask("enterprises/")


def test_it_describes_itself_and_names_the_version(ask, settings):
    described = ask("openapi.json").json()

    assert described["info"]["title"] == "311 Tracker"
    assert described["info"]["version"] == settings.VERSION
    for name in LISTS:
        assert f"/api/v1/{name}/" in described["paths"]


def test_the_pages_of_a_list_are_described(ask):
    asked = ask("openapi.json").json()
    for name in PAGED:
        list_ = asked["paths"][f"/api/v1/{name}/"]["get"]
        limit = next(one for one in list_["parameters"] if one["name"] == "limit")["schema"]
        assert (limit["default"], limit["minimum"], limit["maximum"]) == (500, 1, 5000)
        page = list_["responses"]["200"]["content"]["application/json"]
        schema = asked["components"]["schemas"][page["schema"]["$ref"].rpartition("/")[2]]
        assert schema["required"] == ["count", "next", "results"]


def test_it_changes_nothing(client, official, province):
    client.force_login(official)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)("/api/v1/cities/").status_code == 405


def test_what_is_published_later_today_is_not_yesterdays(ask):
    # Late in the evening of the province, still the same day there though not in UTC.
    make_city("370600").returns.create(
        period=make_period(),
        output_value="100.00",
        published_at=datetime(2026, 1, 31, 15, 59, tzinfo=UTC),
    )
    address = "indicators/cluster-output-share/?period=2025Q3&as_of="
    assert ask(address + "2026-01-30").json()["coverage"]["accepted"] == 14
    assert ask(address + "2026-01-31").json()["coverage"]["accepted"] == 15


def test_the_notes_on_a_figure_are_with_it_and_of_the_moment_that_is_asked_for(ask, reviewer):
    period = make_period("2025Q3")
    note = notes.write("target:firms-over-100m", period, "两家企业合并。", by=reviewer)
    Note.objects.update(written_at=datetime(2026, 3, 1, 17, tzinfo=UTC))
    notes.write("target:firms-over-100m", make_period("2025Q2"), "另一季度", by=reviewer)

    address = "indicators/firms-over-100m/?period=2025Q3"
    said = [{"text": "两家企业合并。", "by": "reviewer", "at": "2026-03-01T17:00:00Z"}]
    assert ask(address).json()["notes"] == said
    assert ask(address + "&as_of=2026-03-01").json()["notes"] == []
    listed = {one["code"]: one["notes"] for one in ask("indicators/?period=2025Q3").json()}
    assert listed == {"cluster-output-share": [], "firms-over-100m": said}
    file = ask("indicators/?period=2025Q3&format=csv").getvalue().decode("utf-8-sig")
    assert [row["notes"] for row in csv.DictReader(io.StringIO(file))] == [
        "", "两家企业合并。 (reviewer, 2026-03-02)"
    ]  # fmt: skip
    notes.withdraw(note, by=reviewer)
    assert ask(address).json()["notes"] == []


@pytest.mark.parametrize("kind", ["clusters", "cities"])
def test_a_share_of_the_province_is_null_while_a_city_is_silent(ask, kind):
    found = ask(f"{kind}/?period=2025Q3").json()["results"]
    row = next(one for one in found if one["slug"] == "jinan")

    assert (row["share"], row["status"]) == (None, "M")
    assert Decimal(row["reported_only_share"]) == round(Decimal(1) / 14, 10)
    assert row["cities"] == 14


def test_a_cluster_names_who_is_silent_and_why_it_has_no_share(ask):
    found = ask("clusters/?period=2025Q3").json()["results"]
    [row] = [one for one in found if one["slug"] == "jinan"]

    assert row["reason"] == "silent_cities"
    assert row["coverage"]["missing"] == ["370600", "371300"]
    assert (row["coverage"]["accepted"], row["coverage"]["expected"]) == (14, 16)
    file = ask("clusters/?period=2025Q3&format=csv").getvalue().decode("utf-8-sig")
    assert "share,status,reason,reported_only_share,cities,coverage_accepted" in file


def test_a_share_of_the_province_is_given_once_every_city_has_reported(ask):
    for code in ("370600", "371300"):
        make_city_return(make_city(code), output_value="100.00")
    make_publication()

    found = ask("clusters/?period=2025Q3").json()["results"]
    [row] = [one for one in found if one["slug"] == "jinan"]

    assert (row["share"], row["status"], row["reason"]) == ("0.0625", "P", None)
    assert row["reported_only_share"] is None


def test_the_overview_says_in_one_sentence_how_all_of_them_stand(ask):
    found = ask("overview/?period=2025Q3").json()

    assert found == {
        "period": "2025Q3",
        "as_of": None,
        "explanation": "Cluster share and firms over 100 million cannot be estimated yet",
        "indicators": ["cluster-output-share", "firms-over-100m"],
    }
