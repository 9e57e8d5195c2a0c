import pytest

from audit.acts import Act
from submissions.verification import check_chain
from tests.audit.cast import only
from tests.factories import make_city_return, make_publication, make_user

URL = "/submissions/chain/"


@pytest.fixture
def newest(city):
    make_city_return(city)
    return make_publication(city)


@pytest.mark.parametrize("who", ["official", "officer", "reviewer"])
def test_everybody_sees_the_head_and_the_script(client, newest, request, who):
    client.force_login(request.getfixturevalue(who))
    page = client.get(URL)
    assert newest.chain_hash in page.content.decode()
    assert "def first_fault" in page.context["script"]
    assert page.context["script"].startswith(f'"""{check_chain.__doc__}')


def test_the_province_downloads_all_figures(client, newest, official):
    client.force_login(official)
    assert f'{URL}figures/"' in client.get(URL).content.decode()
    file = client.get(f"{URL}figures/")
    [line] = b"".join(file.streaming_content).splitlines()
    assert b"clusters_cityreturn" in line
    assert "no-store" in file["Cache-Control"]


def test_what_is_downloaded_is_recorded(client, newest, official):
    client.force_login(official)
    file = client.get(f"{URL}figures/")
    assert file.streaming
    event = only(Act.DOWNLOADED)
    assert event.user == official
    assert event.after["address"] == f"{URL}figures/"


@pytest.mark.parametrize("role", ["bureau", None])
def test_a_bureau_does_not_nor_does_who_has_no_role(client, newest, city, role):
    client.force_login(make_user(role, city if role else None))
    assert f"{URL}figures/" not in client.get(URL).content.decode()
    assert client.get(f"{URL}figures/").status_code == 403


def test_before_the_first_publication_there_is_no_head(client, official):
    client.force_login(official)
    assert client.get(URL).context["head"] is None
