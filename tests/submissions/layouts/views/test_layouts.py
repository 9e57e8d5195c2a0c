import pytest

from tests.factories import make_city
from tests.submissions.cast import make_submission
from tests.submissions.layouts.cast import make_layout, make_use

pytestmark = pytest.mark.django_db
URL = "/submissions/layouts/"


def test_every_version_is_listed_with_who_confirmed_it(client, officer, reviewer):
    layout = make_layout(officer)
    client.force_login(reviewer)
    text = client.get(URL).content.decode()
    assert "宽表" in text
    assert layout.fingerprint[:12] in text
    assert str(officer) in text
    assert "/layouts/new/" not in text


def test_a_layout_shows_its_columns_and_the_readers_own_submissions_only(client, officer, city):
    layout = make_layout(officer)
    mine = make_use(make_submission(city, by=officer), layout).submission
    theirs = make_use(make_submission(make_city("370200")), layout).submission
    client.force_login(officer)
    text = client.get(layout.get_absolute_url()).content.decode()
    assert layout.fingerprint in text
    assert "环保业务营业收入" in text
    assert mine.get_absolute_url() in text
    assert theirs.get_absolute_url() not in text
