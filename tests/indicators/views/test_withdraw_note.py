import pytest

from indicators.data.notes import write
from indicators.models import Note
from tests.factories import make_period
from tests.province import make_province

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(officer):
    make_province()
    period = make_period("2025Q3")
    return write("city:370100", period, "济南新投产一座焚烧厂。", by=officer)


def withdraw(client, user, note):
    client.force_login(user)
    return client.post(f"/notes/{note.pk}/withdraw/")


def test_its_author_takes_it_back(client, officer, note):
    answer = withdraw(client, officer, note)

    assert answer["Location"] == "/cities/jinan/?period=2025Q3"
    assert note.text not in client.get(answer["Location"]).content.decode()
    assert Note.objects.get().withdrawn_by == officer


def test_another_citys_note_is_not_there(client, stranger, note):
    assert withdraw(client, stranger, note).status_code == 404


def test_it_takes_a_post(client, officer, note):
    client.force_login(officer)
    assert client.get(f"/notes/{note.pk}/withdraw/")["Location"] == "/"


def test_whoever_only_reads_cannot(client, official, note):
    assert withdraw(client, official, note).status_code == 404
    assert Note.objects.get().withdrawn_at is None
