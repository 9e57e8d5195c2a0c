import pytest

from tests.submissions.cast import make_submission


@pytest.fixture
def urls(city):
    submission = make_submission(city)
    changelist = "/admin/submissions/submission/"
    return {
        "list": changelist,
        "view": f"{changelist}{submission.pk}/change/",
        "add": f"{changelist}add/",
        "delete": f"{changelist}{submission.pk}/delete/",
    }


@pytest.mark.parametrize(
    ("page", "status"), [("list", 200), ("view", 200), ("add", 403), ("delete", 403)]
)
def test_the_admin_is_read_only(client, admin, urls, page, status):
    client.force_login(admin)

    assert client.get(urls[page]).status_code == status


def test_saving_is_refused(client, admin, urls):
    client.force_login(admin)

    assert client.post(urls["view"], {"status": "accepted"}).status_code == 403
