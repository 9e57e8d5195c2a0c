import pytest
from django.db import IntegrityError, transaction

from submissions.models import AnswerDraft, Explanation
from submissions.models.explanation import LIMITED_SINCE
from tests.factories import make_period, make_user
from tests.submissions.cast import make_finding, make_submission
from tests.submissions.views.acts import messages, post

REASON = "六月停产，设备已拆除"


@pytest.fixture
def finding(city, officer):
    return make_finding(make_submission(city, by=officer))


def answer(client, user, finding, text=REASON, **fields):
    """Post the form of all answers with one of them."""
    given = {f"{name}-{finding.pk}": value for name, value in fields.items()}
    return post(client, user, finding.submission, "answers", **{f"text-{finding.pk}": text} | given)


def shown(finding) -> str:
    """Return what the page sends of the explanation that it shows."""
    return str(finding.explanations.in_force().get().pk)


def draft(client, finding, text):
    """Send what the script sends while somebody types."""
    return client.post(
        f"{finding.submission.get_absolute_url()}answers/",
        {f"text-{finding.pk}": text},
        HTTP_ACCEPT="application/json",
    )


def test_the_officer_answers_and_sees_a_message(client, officer, finding):
    assert "1 answer is noted" in messages(answer(client, officer, finding))
    explanation = Explanation.objects.get()
    assert (explanation.text, explanation.given_by) == (REASON, officer)


def test_all_boxes_are_saved_together(client, officer, finding):
    other = make_finding(finding.submission)
    texts = {f"text-{finding.pk}": REASON, f"text-{other.pk}": "七月迁往河南"}

    assert "2 answers are noted" in messages(
        post(client, officer, finding.submission, "answers", **texts)
    )
    assert Explanation.objects.count() == 2


@pytest.mark.parametrize(
    ("role", "status"), [("reviewer", 403), ("official", 403), ("admin", 403), ("stranger", 404)]
)
def test_nobody_else_answers(client, request, role, status, finding):
    assert answer(client, request.getfixturevalue(role), finding).status_code == status
    assert not Explanation.objects.exists()


def test_a_finding_of_another_submission_stays_as_it_is(client, officer, finding, city):
    other = make_submission(city, make_period("2025Q2"), by=officer)
    post(client, officer, other, "answers", **{f"text-{finding.pk}": REASON})

    assert not Explanation.objects.exists()


def test_get_leads_to_the_page_of_the_form(client, officer, finding):
    client.force_login(officer)
    address = finding.submission.get_absolute_url()

    assert client.get(f"{address}answers/")["Location"] == address


def test_a_refused_answer_stands_at_its_box_with_its_text(client, officer, finding):
    other = make_finding(finding.submission)
    texts = {f"text-{finding.pk}": "核实无误", f"text-{other.pk}": REASON}
    page = post(client, officer, finding.submission, "answers", **texts)

    assert page.status_code == 422
    shown = page.content.decode()
    box = shown[shown.index(f'id="refused-{finding.pk}"') :]
    assert "gives no reason" in box[:400]
    assert "autofocus>核实无误</textarea>" in box
    assert Explanation.objects.get().finding == other
    assert AnswerDraft.objects.get().text == "核实无误"


def test_last_quarters_explanation_counts_once_confirmed(client, officer, finding, city):
    before = make_submission(city, make_period("2025Q2"), by=officer, status="accepted")
    make_finding(before, explained_in_cell="园区未批复")

    assert "last quarter" in answer(client, officer, finding, "园区未批复").content.decode()
    answer(client, officer, finding, "", confirmed="on")
    assert Explanation.objects.get().text == "园区未批复"


def test_one_answer_for_all_cells_of_an_enterprise(client, officer, finding):
    firm = {"firm": "91370100DEM0000000"}
    first, second, third = (make_finding(finding.submission, **firm) for _ in range(3))
    texts = {f"text-{first.pk}": REASON, f"same-{first.pk}": "on", f"text-{third.pk}": "另有原因"}
    post(client, officer, finding.submission, "answers", **texts)

    texts = dict(Explanation.objects.values_list("finding", "text"))
    assert texts == {first.pk: REASON, second.pk: REASON, third.pk: "另有原因"}


def test_an_answer_is_taken_back_by_emptying_its_box(client, officer, finding):
    answer(client, officer, finding)
    answer(client, officer, finding, "", had=shown(finding))

    assert not Explanation.objects.in_force().exists()
    assert Explanation.objects.get().text == REASON


def test_a_box_that_was_shown_empty_takes_nothing_back(client, officer, finding):
    """Somebody else has answered meanwhile."""
    answer(client, officer, finding)
    answer(client, officer, finding, "")

    assert Explanation.objects.exists()


def test_an_older_page_does_not_undo_a_colleagues_answer(client, officer, finding, city):
    answer(client, officer, finding)
    had = shown(finding)
    colleague = make_user("bureau", city, username="colleague")
    answer(client, colleague, finding, "同事已改：合同终止", had=had)

    page = answer(client, officer, finding, "我的另一种说法，见附件", had=had)
    assert page.status_code == 422
    assert "colleague has answered since you opened this page" in page.content.decode()
    assert finding.explanations.in_force().get().text == "同事已改：合同终止"
    assert AnswerDraft.objects.get().text == "我的另一种说法，见附件"

    answer(client, officer, finding, "我的另一种说法，见附件", had=shown(finding))
    assert finding.explanations.in_force().get().text == "我的另一种说法，见附件"


def test_what_an_older_page_left_as_it_was_stays_as_the_colleague_has_changed_it(
    client, officer, finding, city
):
    answer(client, officer, finding)
    had = shown(finding)
    colleague = make_user("bureau", city, username="colleague")
    answer(client, colleague, finding, "同事已改：合同终止", had=had)

    answer(client, officer, finding, REASON, had=had)
    assert finding.explanations.in_force().get().text == "同事已改：合同终止"
    assert not AnswerDraft.objects.exists()


def test_what_is_unchanged_keeps_its_date_and_its_version(client, officer, finding, city):
    earlier = make_submission(city, make_period("2025Q2"))
    Explanation.objects.create(finding=finding, text=REASON, given_by=officer, carried_from=earlier)
    given_at = Explanation.objects.get().given_at
    answer(client, officer, finding)

    unchanged = Explanation.objects.get()
    assert (unchanged.given_at, unchanged.carried_from) == (given_at, earlier)
    answer(client, officer, finding, "七月迁往河南", had=shown(finding))
    assert Explanation.objects.in_force().get().carried_from is None
    assert unchanged in Explanation.objects.exclude(superseded_at=None)


def test_what_is_typed_is_kept_and_does_not_count(client, officer, finding):
    client.force_login(officer)

    assert draft(client, finding, "六月停").json() == {"kept": True}
    page = client.get(finding.submission.get_absolute_url()).content.decode()
    assert ">六月停</textarea>" in page
    assert "not saved as an answer yet" in page
    assert "1 finding needs an explanation" in page
    draft(client, finding, "")
    assert not AnswerDraft.objects.exists()


def test_a_draft_is_gone_once_it_is_an_answer(client, officer, finding):
    client.force_login(officer)
    draft(client, finding, "六月停")
    answer(client, officer, finding)

    assert not AnswerDraft.objects.exists()


def test_nothing_is_kept_of_what_has_been_submitted(client, officer, city):
    finding = make_finding(make_submission(city, by=officer, status="submitted"))
    client.force_login(officer)

    assert draft(client, finding, "六月停").status_code == 409
    assert "has been submitted" in messages(answer(client, officer, finding))
    assert not AnswerDraft.objects.exists()


def test_a_form_sent_after_signing_out_comes_back_with_its_text(client, officer, finding):
    address = finding.submission.get_absolute_url()
    page = client.post(f"{address}answers/", {f"text-{finding.pk}": "核实无误<b>"})
    assert page.status_code == 403
    carried = {name: page.context[name] for name in ("next", "kept")}
    officer.set_password("a-long-password")
    officer.save()
    given = {"username": officer.username, "password": "a-long-password"}

    wrong = client.post("/accounts/login/", carried | given | {"password": "wrong"})
    assert wrong.context["kept"] == carried["kept"]
    landed = client.post("/accounts/login/", carried | given, follow=True)
    assert landed.request["PATH_INFO"] == address
    assert ">核实无误&lt;b&gt;</textarea>" in landed.content.decode()
    assert "has not been carried out" in messages(landed)
    assert not Explanation.objects.exists()
    assert "has not been carried out" not in messages(client.get(address))


def test_many_findings_stand_on_pages(client, officer, finding):
    for _ in range(60):
        make_finding(finding.submission)
    client.force_login(officer)
    address = finding.submission.get_absolute_url()

    first, second = (client.get(f"{address}?page={n}").content.decode() for n in (1, 2))
    assert first.count("<textarea") == 50
    assert second.count("<textarea") == 11
    assert "61 findings need an explanation" in second
    last = finding.submission.findings.latest("position")
    page = answer(client, officer, last, "核实无误").content.decode()
    assert f'id="refused-{last.pk}"' in page
    file = client.get(f"{address}?download=findings.csv").content.decode("utf-8-sig")
    assert file.count(finding.code) == 61


@pytest.mark.parametrize("length", [1000, 1001, 5000])
def test_an_explanation_has_at_most_a_thousand_characters_and_a_longer_one_stays_in_its_box(
    client, officer, finding, length
):
    text = "因六月大修停产，".ljust(length, "详")
    answered = answer(client, officer, finding, text)
    if length == 1000:
        assert Explanation.objects.get().text == text
    else:
        assert answered.status_code == 422
        page = answered.content.decode()
        assert f"This has {length} characters; an explanation has at most 1000." in page
        assert text in page
        assert not Explanation.objects.exists()
        assert AnswerDraft.objects.get().text == text


def test_the_database_refuses_a_longer_one_too(finding, officer):
    given = {"finding": finding, "given_by": officer, "text": "详" * 1001}
    with pytest.raises(IntegrityError, match="explanation_not_too_long"), transaction.atomic():
        Explanation.objects.create(given_at=LIMITED_SINCE, **given)
