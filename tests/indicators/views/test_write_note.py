"""Explaining a figure: it stands wherever the figure is shown."""

import pytest

from indicators.models import Note
from tests.factories import make_city, make_enterprise, make_park
from tests.province import make_province

pytestmark = pytest.mark.django_db

TEXT = "济南新投产一座焚烧厂，产值自九月起计入。"


@pytest.fixture(autouse=True)
def province(db):
    make_province()


def write(client, user, about, *, period="2025Q3", text=TEXT):
    client.force_login(user)
    return client.post(f"/notes/new/?about={about}&period={period}", {"text": text})


def test_a_bureau_explains_its_city_and_it_stands_on_the_citys_page(client, officer, official):
    answer = write(client, officer, "city:370100")

    assert answer["Location"] == "/cities/jinan/?period=2025Q3"
    assert Note.objects.get().written_by == officer
    client.force_login(official)
    assert TEXT in client.get("/cities/jinan/?period=2025Q3").content.decode()
    assert TEXT not in client.get("/cities/jinan/?period=2025Q2").content.decode()


def test_a_note_on_a_target_stands_on_its_page_and_the_overview_leads_to_it(client, reviewer):
    write(client, reviewer, "target:cluster-output-share")

    for address, words in (("/", "1 explanation"), ("/indicators/cluster-output-share/", TEXT)):
        page = client.get(f"{address}?period=2025Q3").content.decode()
        assert words in page
        before = client.get(f"{address}?period=2025Q3&as_of=2025-10-01").content.decode()
        assert words not in before


def test_parks_clusters_and_enterprises_can_be_explained(client, reviewer, city):
    park, firm = make_park(city), make_enterprise(city)
    for about in (f"park:{park.slug}", f"enterprise:{firm.credit_code}", "cluster:jinan"):
        answer = write(client, reviewer, about)
        assert TEXT in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    "about", ["city:370100", "target:cluster-output-share", "cluster:jinan", "moon:1", "", "city:"]
)
def test_what_is_not_ones_own_is_not_there(client, stranger, about):
    assert write(client, stranger, about).status_code == 404
    assert not Note.objects.exists()


def test_another_citys_enterprise_is_not_there(client, stranger):
    firm = make_enterprise(make_city("370100"))

    assert write(client, stranger, f"enterprise:{firm.credit_code}").status_code == 404


def test_a_period_that_is_none_is_not_there(client, officer):
    assert write(client, officer, "city:370100", period="2031Q9").status_code == 404


@pytest.mark.parametrize("text", ["", "见附件", "x" * 1001])
def test_too_little_or_too_much_is_asked_again(client, officer, text):
    answer = write(client, officer, "city:370100", text=text)

    assert answer.status_code == 422
    assert not Note.objects.exists()


def test_what_is_written_is_escaped(client, officer):
    write(client, officer, "city:370100", text="<script>alert(1)</script> 产值")

    page = client.get("/cities/jinan/?period=2025Q3").content.decode()
    assert "<script>alert" not in page


def test_an_official_sees_no_button(client, official, officer):
    client.force_login(official)
    assert "/notes/new/" not in client.get("/cities/jinan/").content.decode()
    client.force_login(officer)
    assert "/notes/new/" in client.get("/cities/jinan/").content.decode()
    assert "/notes/new/" not in client.get("/").content.decode()


def test_a_bureau_sees_the_button_only_at_its_own_park(client, officer, city):
    own, other = make_park(city), make_park(make_city("370700"))
    client.force_login(officer)

    assert "/notes/new/" in client.get(own.get_absolute_url()).content.decode()
    assert "/notes/new/" not in client.get(other.get_absolute_url()).content.decode()
