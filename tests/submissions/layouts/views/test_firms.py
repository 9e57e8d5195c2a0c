import pytest

from submissions.models import FirmChoice
from submissions.workbook.foreign.firm_names import plain_firm_name
from tests.audit.rewritten import rewrite
from tests.factories import make_enterprise
from tests.submissions.cast import make_finding, make_submission
from tests.submissions.layouts.cast import make_layout, make_use

pytestmark = pytest.mark.django_db
WRITTEN = "山东绿源环保科技有限责任公司"


@pytest.fixture
def submission(city, officer):
    submission = make_submission(city, by=officer)
    make_use(submission, make_layout(officer))
    make_finding(submission, "W294", sheet="表", cell="B3", params={"name": WRITTEN})
    return submission


@pytest.fixture
def checked_again(monkeypatch):
    again = []
    monkeypatch.setattr(
        "submissions.layouts.handing_in.start_check", lambda one, by: again.append(one.pk)
    )
    return again


def address(submission):
    return f"/submissions/{submission.pk}/firms/"


def test_candidates_are_shown_and_none_is_chosen(client, officer, city, submission):
    known = make_enterprise(city, name="山东绿源环保科技有限公司")
    client.force_login(officer)
    text = client.get(address(submission)).content.decode()
    assert known.credit_code in text
    assert 'value="" checked' in text
    assert f'value="{known.credit_code}" checked' not in text


def test_a_choice_is_added_and_the_file_checked_again(
    client, officer, city, submission, checked_again
):
    known = make_enterprise(city, name="山东绿源环保科技有限公司")
    client.force_login(officer)
    client.post(address(submission), {"firm-0": known.credit_code})
    client.post(address(submission), {"firm-0": ""})
    codes = list(FirmChoice.objects.order_by("pk").values_list("name", "credit_code"))
    name = plain_firm_name(WRITTEN)
    assert codes == [(name, known.credit_code), (name, "")]
    assert checked_again == [submission.pk, submission.pk]


def test_a_code_that_is_in_no_register_is_not_kept(client, officer, submission, checked_again):
    client.force_login(officer)
    client.post(address(submission), {"firm-0": "91370100MA3C0001X1"})
    assert not FirmChoice.objects.exists()


def test_what_was_submitted_is_not_changed(client, officer, submission, checked_again):
    rewrite(type(submission).objects.filter(pk=submission.pk), status="submitted",
            submitted_by=officer, submitted_at=submission.uploaded_at)  # fmt: skip
    client.force_login(officer)
    assert client.post(address(submission), {"firm-0": ""}).status_code == 422
    assert not FirmChoice.objects.exists()
    assert not checked_again


def test_a_workbook_of_ours_has_no_such_page(client, officer, city):
    client.force_login(officer)
    assert client.get(address(make_submission(city, by=officer))).status_code == 404


def test_the_reviewer_sees_by_which_layout_it_was_read(client, reviewer, submission):
    client.force_login(reviewer)
    text = client.get(submission.get_absolute_url()).content.decode()
    assert "宽表" in text
    assert "/firms/" not in text
