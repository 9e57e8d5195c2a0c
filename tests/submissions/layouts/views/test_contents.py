from decimal import Decimal

import pytest

from audit.models import AuditEvent
from foundation.language import quarter_name
from foundation.quarters import Quarter
from submissions.models import FirmChoice, Layout, LayoutUse, Submission
from submissions.workbook.foreign.firm_names import plain_firm_name
from tests.factories import make_city, make_enterprise, make_period
from tests.submissions.layouts.cast import make_contents_of, make_layout, make_look_into
from tests.submissions.workbook.foreign.forge_foreign import FIRMS, spec_of, wide, wide_columns

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    return wide(tmp_path / "w.xlsx", {FIRMS[0]: [(Decimal(5_0000), Decimal(6_0000))] * 4})


@pytest.fixture
def spec(path):
    return spec_of(path, wide_columns())


@pytest.fixture
def quick(monkeypatch):
    """Submissions are received and not checked: no child process."""
    monkeypatch.setattr("submissions.layouts.handing_in.start_check", lambda *a, **k: None)
    for quarter in (1, 2, 3, 4):
        make_period(f"2024Q{quarter}")


def address(job):
    return f"/submissions/layouts/contents/{job.pk}/"


def firm_in(path, enterprise, chosen=""):
    offered = {"code": enterprise.credit_code, "name": enterprise.name, "likeness": 90}
    return {
        "city": enterprise.city.code, "name": plain_firm_name(FIRMS[0]), "written": FIRMS[0],
        "place": "Sheet1!B3", "candidates": [offered], "chosen": chosen,
    }  # fmt: skip


def test_what_would_be_read_is_shown_before_anything_is_confirmed(client, officer, path, spec):
    client.force_login(officer)
    job = make_contents_of(officer, make_look_into(officer, path), path, spec)
    text = client.get(address(job)).content.decode()
    assert quarter_name(Quarter(2024, 3)) in text
    assert "Sheet1" in text
    assert 'name="name"' in text
    assert 'name="part"' not in text


def test_the_name_of_the_layout_that_was_taken_over_is_proposed(client, officer, path, spec):
    client.force_login(officer)
    job = make_contents_of(officer, make_look_into(officer, path), path, spec)
    job.arguments["name"] = "宽表"
    job.save()
    assert 'value="宽表"' in client.get(address(job)).text


def test_a_name_is_asked_for_and_the_yes_is_recorded(client, officer, path, spec):
    client.force_login(officer)
    job = make_contents_of(officer, make_look_into(officer, path), path, spec)
    answer = client.post(address(job), {"name": "  "})
    assert answer.status_code == 422
    assert not Layout.objects.exists()
    client.post(address(job), {"name": "宽表"})
    layout = Layout.objects.get()
    assert (layout.name, layout.version, layout.confirmed_by) == ("宽表", 1, officer)
    [event] = AuditEvent.objects.filter(act="layout-confirmed")
    assert event.after["fingerprint"] == layout.fingerprint
    assert not Submission.objects.exists()
    assert 'name="part"' in client.get(address(job)).content.decode()


def test_only_what_is_chosen_and_mine_is_handed_in(quick, client, officer, city, path, spec):
    make_city("370200")
    layout = make_layout(officer, spec=spec)
    job = make_contents_of(officer, make_look_into(officer, path), path, spec, layout=layout)
    client.force_login(officer)
    parts = ["370100-2024Q1", "370100-2024Q3", "370200-2024Q1", "370100-2023Q1", "x"]
    assert client.post(address(job), {"part": parts}).status_code == 200
    assert sorted(one.period.code for one in Submission.objects.all()) == ["2024Q1", "2024Q3"]
    assert LayoutUse.objects.filter(layout=layout).count() == 2
    # A second click makes no other versions.
    client.post(address(job), {"part": parts})
    assert Submission.objects.count() == 2


def test_a_period_that_is_not_there_is_refused_in_words(client, officer, path, spec, city):
    layout = make_layout(officer, spec=spec)
    job = make_contents_of(officer, make_look_into(officer, path), path, spec, layout=layout)
    client.force_login(officer)
    answer = client.post(address(job), {"part": ["370100-2024Q1"]})
    assert "no workbook is owed, or not yet" in answer.content.decode()
    assert client.post(address(job), {}).status_code == 422


def test_a_firm_is_chosen_by_a_person_among_the_candidates(
    quick, client, officer, city, path, spec
):
    known, other = make_enterprise(city, name="绿源"), make_enterprise(city, name="别的")
    layout = make_layout(officer, spec=spec)
    look = make_look_into(officer, path)
    client.force_login(officer)
    for posted, kept in ((known.credit_code, known.credit_code), (other.credit_code, ""), ("", "")):
        job = make_contents_of(
            officer, look, path, spec, layout=layout, firms=[firm_in(path, known)]
        )
        quarter = 3 - FirmChoice.objects.count()
        client.post(address(job), {"part": f"370100-2024Q{quarter}", "firm-0": posted})
        choice = FirmChoice.objects.latest("pk")
        assert (choice.name, choice.credit_code) == (plain_firm_name(FIRMS[0]), kept)
    assert AuditEvent.objects.filter(act="firms-chosen").count() == 3


def test_nothing_is_handed_in_by_a_layout_that_nobody_confirmed(
    quick, client, officer, city, path, spec
):
    client.force_login(officer)
    job = make_contents_of(officer, make_look_into(officer, path), path, spec)
    assert client.post(address(job), {"part": ["370100-2024Q1"]}).status_code == 422
    assert not Submission.objects.exists()
