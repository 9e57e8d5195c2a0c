import pytest

from audit.acts import Act
from audit.models import ActOutcome
from measures.models import TaskReport
from tests.audit.cast import only
from tests.factories import make_period
from tests.measures.cast import make_department, make_handed_in, make_member, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned():
    make_period("2025Q3")
    return make_handed_in(make_task())


def test_a_reviewer_finds_it_on_the_ledger_and_accepts_it(client, reviewer, returned):
    client.force_login(reviewer)
    assert returned.get_absolute_url() in client.get("/measures/").content.decode()
    page = client.get(returned.get_absolute_url()).content.decode()
    assert "方案已报送审定" in page
    answer = client.post(f"{returned.get_absolute_url()}accept/", follow=True)
    assert "The lights follow" in answer.content.decode()
    assert TaskReport.objects.get().text == "方案已报送审定"
    assert returned.get_absolute_url() not in client.get("/measures/").content.decode()


def test_sent_back_its_department_sees_the_reason(client, reviewer, returned):
    client.force_login(reviewer)
    address = f"{returned.get_absolute_url()}send-back/"
    assert client.post(address, {"reason": " "}).status_code == 409
    client.post(address, {"reason": "请补充完成时间"})
    client.force_login(returned.submitted_by)
    assert "请补充完成时间" in client.get(returned.get_absolute_url()).content.decode()
    assert "请补充完成时间" in client.get("/measures/report/?period=2025Q3").content.decode()


def test_a_refused_reason_stays_in_its_box(client, reviewer, returned):
    client.force_login(reviewer)
    client.post(f"{returned.get_absolute_url()}accept/")
    answer = client.post(f"{returned.get_absolute_url()}send-back/", {"reason": "晚了"})
    assert answer.status_code == 409
    assert "decided meanwhile" in answer.content.decode()


@pytest.mark.parametrize("act", ["accept/", "send-back/"])
def test_only_a_reviewer_decides(client, official, returned, act):
    for user in (official, returned.submitted_by):
        client.force_login(user)
        answer = client.post(f"{returned.get_absolute_url()}{act}", {"reason": "x"})
        assert answer.status_code == 403
    returned.refresh_from_db()
    assert returned.status == "submitted"


@pytest.mark.parametrize("act", ["", "accept/", "send-back/"])
def test_anothers_report_is_not_there_and_the_attempt_is_recorded(client, returned, act):
    client.force_login(make_member(make_department("reform", "省发展改革委", "Reform")))
    ask = client.post if act else client.get
    assert ask(f"{returned.get_absolute_url()}{act}").status_code == 404
    assert only(Act.ACCESS_REFUSED, ActOutcome.REFUSED).object_type == "measures.departmentreturn"


def test_a_bureau_sees_none(client, officer, returned):
    client.force_login(officer)
    assert client.get(returned.get_absolute_url()).status_code == 404
