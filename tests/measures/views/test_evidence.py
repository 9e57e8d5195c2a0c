import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.acts import Act
from measures.models import TaskEvidence
from tests.audit.cast import only
from tests.factories import make_city, make_period
from tests.measures.cast import make_department, make_file, make_member, make_task

pytestmark = pytest.mark.django_db
PAGE = "/measures/1-01/"


@pytest.fixture(autouse=True)
def _quarter():
    make_period("2025Q3")


def sent(task, who, **given):
    return {"evidence-node": task.nodes.get().pk, "evidence-who": who, "evidence-document": ""} | {
        f"evidence-{name}": value for name, value in given.items()
    }


def test_a_bureau_adds_a_file_and_a_reviewer_checks_it(client, officer, city, reviewer):
    task = make_task(cities=[city])
    client.force_login(officer)
    file = SimpleUploadedFile("验收<意见>.pdf", b"scan")
    answer = client.post(f"{PAGE}evidence/", sent(task, "city:jinan", file=file), follow=True)
    assert "A reviewer checks it." in answer.content.decode()
    evidence = TaskEvidence.objects.get()
    assert (evidence.city, evidence.added_by) == (city, officer)
    client.force_login(reviewer)
    assert "I have checked it" in client.get(PAGE).content.decode()
    assert f'href="{PAGE}"' in client.get("/measures/").content.decode()
    client.post(f"{PAGE}evidence/{evidence.pk}/check/")
    evidence.refresh_from_db()
    assert evidence.checked_by == reviewer
    assert "I have checked it" not in client.get(PAGE).content.decode()


def test_a_department_names_a_document(client):
    task = make_task()
    client.force_login(make_member(task.lead))
    client.post(f"{PAGE}evidence/", sent(task, "department:ecology", document="鲁环发9号"))
    assert TaskEvidence.objects.get().department == task.lead


def test_what_was_typed_stays_where_it_is_refused(client):
    task = make_task()
    client.force_login(make_member(task.lead))
    file = SimpleUploadedFile("a.pdf", b"x" * (2 * 1024 * 1024 + 1))
    told = sent(task, "department:ecology", document="鲁环发9号", file=file)
    answer = client.post(f"{PAGE}evidence/", told)
    assert answer.status_code == 422
    assert "larger than 2 MiB" in answer.content.decode()
    assert 'value="鲁环发9号"' in answer.content.decode()


def test_nobody_adds_for_another(client, officer, official, city):
    own = make_task(cities=[city, make_city("370300")])
    make_task("1-02")
    client.force_login(officer)
    answer = client.post(f"{PAGE}evidence/", sent(own, "city:zibo", document="x"))
    assert answer.status_code == 422
    assert client.post("/measures/1-02/evidence/", {}).status_code == 404
    client.force_login(official)
    assert client.post(f"{PAGE}evidence/", {}).status_code == 403
    assert not TaskEvidence.objects.exists()


def test_a_file_is_downloaded_never_shown_and_recorded(client, official):
    task = make_task()
    evidence = make_file(task, by=make_member(task.lead), content=b"<script>")
    client.force_login(official)
    answer = client.get(f"{PAGE}evidence/{evidence.pk}/")
    assert answer.content == b"<script>"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert only(Act.DOWNLOADED).object_id == str(evidence.pk)


def test_a_bureau_opens_its_own_citys_files_only(client, officer, stranger, city):
    other = make_city("370700")
    task = make_task(cities=[city, other])
    evidence = make_file(task, other, by=stranger)
    client.force_login(officer)
    assert client.get(f"{PAGE}evidence/{evidence.pk}/").status_code == 404
    assert f"{PAGE}evidence/{evidence.pk}/" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}evidence/{evidence.pk}/check/").status_code == 404
    client.force_login(stranger)
    assert client.get(f"{PAGE}evidence/{evidence.pk}/").status_code == 200
    assert client.post(f"{PAGE}evidence/{evidence.pk}/check/").status_code == 403


def test_a_document_without_a_file_has_none_to_download(client, official):
    task = make_task()
    member = make_member(make_department())
    evidence = TaskEvidence.objects.create(
        node=task.nodes.get(), department=task.lead, document="x", added_by=member
    )
    client.force_login(official)
    assert client.get(f"{PAGE}evidence/{evidence.pk}/").status_code == 404
