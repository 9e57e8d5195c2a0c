import pytest

from audit.acts import Act
from measures.models import DepartmentDraft, DepartmentReturn
from tests.audit.cast import only
from tests.factories import make_period
from tests.measures.cast import make_department, make_member, make_report, make_task

pytestmark = pytest.mark.django_db
AT = "?period=2025Q3"
PAGE, CHECK, SUBMIT = (f"/measures/report/{one}{AT}" for one in ("", "check/", "submit/"))


@pytest.fixture(autouse=True)
def _quarters():
    for code in ("2025Q2", "2025Q3"):
        make_period(code)


@pytest.fixture
def member(client):
    user = make_member(make_department())
    client.force_login(user)
    return user


def fields(task, **said):
    prefix = task.nodes.get().pk
    typed = {"state": "under_way", "text": "方案已报送审定"} | said
    return {f"{prefix}-{name}": value for name, value in typed.items()}


def test_page_one_keeps_what_is_typed_and_page_two_hands_it_in(client, member):
    task = make_task()
    make_report(task, quarter="2025Q2", text="正在征求意见")
    assert "正在征求意见" in client.get(PAGE).content.decode()
    sent = client.post(PAGE, fields(task) | {"check": "1"})
    assert sent["Location"] == CHECK
    page = client.get(CHECK)
    shown = page.content.decode()
    assert "方案已报送审定" in shown
    assert "last quarter: 正在征求意见" in " ".join(shown.split())
    seen = page.context["report"].stamp
    answer = client.post(SUBMIT, {"seen": seen}, follow=True)
    assert "waiting for review" in answer.content.decode()
    assert DepartmentReturn.objects.get().submitted_by == member
    only(Act.DEPARTMENT_SUBMITTED)


def test_faults_stand_in_words_on_both_pages_and_nothing_typed_is_lost(client, member):
    task = make_task()
    client.post(PAGE, fields(task, state="done", text="文件<b>已印发") | {"check": "1"})
    page = client.get(CHECK).content.decode()
    assert "Give the day on which it was done." in page
    assert "Submit</button>" not in page
    page = client.get(PAGE).content.decode()
    assert "文件&lt;b&gt;已印发" in page
    assert "Name the document and its number that show it" in page
    answer = client.post(SUBMIT, {"seen": DepartmentDraft.objects.get().saved_at.isoformat()})
    assert answer.status_code == 409
    assert "1 step has a fault" in answer.content.decode()


def test_keeping_stays_on_page_one(client, member):
    answer = client.post(PAGE, fields(make_task(), state="nonsense") | {"keep": "1"}, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Kept. Nothing has been handed in yet." in answer.content.decode()
    assert "Choose how the step stands." in answer.content.decode()


def test_what_was_sent_after_the_session_had_ended_is_in_its_place(client, member):
    task = make_task()
    session = client.session
    session["kept_form"] = {"address": PAGE, "fields": fields(task, text="夜里写的")}
    session.save()
    assert "夜里写的" in client.get(PAGE).content.decode()
    assert "夜里写的" in client.get(CHECK).content.decode()


def test_nobody_else_reports_for_a_department(client, official, reviewer, officer, admin):
    make_task()
    for user in (official, reviewer, officer, admin):
        client.force_login(user)
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, {"keep": "1"}).status_code == 403
        assert client.get(CHECK).status_code == 403
        assert client.post(SUBMIT).status_code == 403


def test_a_department_without_open_steps_is_told_so(client, member):
    assert "No step of your department is open." in client.get(PAGE).content.decode()


def test_a_quarter_that_has_not_begun_has_no_form(client, member):
    make_task()
    make_period("2098Q1")
    page = client.get("/measures/report/?period=2098Q1").content.decode()
    assert "has not begun" in page
    assert "<textarea" not in page
