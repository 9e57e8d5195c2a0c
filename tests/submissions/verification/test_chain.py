"""The chain of publications: whole after any history; a change of one figure is found."""

import json
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.guards import lifted
from clusters.models import CityReturn, Publication
from clusters.models.publication import FIRST
from enterprises.models import EnterpriseReturn
from submissions.lineage.canonical_figures import figure_lines, row_text
from submissions.papers import briefings, paper_sheet
from submissions.papers.document import parts
from submissions.review import actions
from submissions.verification import chain, check_chain, checks
from tests.audit.rewritten import erase, rewrite
from tests.factories import make_city, make_period, make_publication
from tests.submissions.cast import make_row, make_submission
from tests.submissions.verification.conftest import without_guards

OF_CHAIN = ("chain", "chain-figures", "ends")
AMOUNTS = [
    *((CityReturn, name) for name in CityReturn.figures()),
    *((EnterpriseReturn, name) for name in EnterpriseReturn.figures()),
]


def found():
    return [(name, fault.place) for name, fault in checks.faults(OF_CHAIN)]


@pytest.fixture
def history(city, officer, reviewer):
    """Three publications: two of Jinan, the second restates, and one of Qingdao."""
    qingdao = make_city("370200")
    for of_city, revenue in ((city, "900.00"), (qingdao, "70.00"), (city, "950.00")):
        submission = make_submission(of_city, by=officer, status="submitted")
        make_row(submission, key=f"91{of_city.code}MA00000081", revenue=revenue)
        make_row(submission, "city", "output_value", sheet="城市汇总", this_year="5", last_year="4")
        actions.accept(submission, by=reviewer)
    return list(Publication.objects.order_by("sequence"))


def test_each_carries_the_hash_of_the_one_before(history):
    assert [one.sequence for one in history] == [1, 2, 3]
    assert [one.previous_hash for one in history] == [FIRST, *(o.chain_hash for o in history[:2])]
    assert found() == []
    assert chain.head().startswith(f"3 {history[2].chain_hash} ")


def test_what_is_hashed_is_as_the_page_says(history, city, period):
    first = history[0]
    head, own, firm = figure_lines(city, period, first.published_at)
    assert head == f"370100 2025Q3 {first.published_at:%Y-%m-%dT%H:%M:%S.%fZ}"
    of_city = CityReturn.objects.earliest("pk")
    assert own == (
        f'clusters_cityreturn {{"id":"{of_city.pk}",'
        '"output_value":"5.00","output_value_last_year":"4.00"}'
    )
    assert firm.startswith("enterprises_enterprisereturn {")


def test_zero_is_written_and_what_is_not_reported_is_left_out():
    row = {"b": None, "a": Decimal(0), "c": "", "d": False, "e": True, "f": 0, "g": "企业"}
    assert row_text(row) == '{"a":"0.00","e":true,"f":"0","g":"企业"}'


def test_a_figure_changed_with_the_guards_off_is_named(history):
    with without_guards() as cursor:
        cursor.execute("UPDATE enterprises_enterprisereturn SET revenue = 9 WHERE revenue = 70")
    assert found() == [("chain-figures", "Qingdao 2025Q3, publication 2")]


def test_a_figure_added_or_deleted_is_named(history):
    erase(CityReturn.objects.filter(city__code="370200"))
    assert found() == [("chain-figures", "Qingdao 2025Q3, publication 2")]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"published_at": timezone.now() - timedelta(days=9)}, "publication 2"),
        ({"recorded_at": timezone.now() - timedelta(days=9)}, "publication 2"),
        ({"chain_hash": "a" * 64}, "publication 2"),
        ({"previous_hash": "a" * 64}, "publication 2"),
        ({"sequence": 9}, "publication 3"),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_the_first_broken_link_is_named(history, changed, named):
    rewrite(Publication.objects.filter(sequence=2), **changed)
    [place] = [place for name, place in found() if name == "chain"]
    assert place.endswith(named)


def test_a_publication_that_was_deleted_is_missed(history):
    erase(Publication.objects.filter(sequence=2))
    assert ("chain", "Jinan 2025Q3, publication 3") in found()


def test_figures_that_are_ended_by_nobody_are_named(history):
    CityReturn.objects.in_force().filter(city__code="370200").update(superseded_at=timezone.now())
    assert [name for name, _place in found()] == ["ends"]


def test_figures_that_go_on_beside_newer_ones_are_named(history):
    old = EnterpriseReturn.objects.exclude(superseded_at=None)
    new = EnterpriseReturn.objects.in_force().filter(city__code="370100")
    moment = new.get().published_at
    rewrite(new, superseded_at=moment)
    rewrite(old.filter(published_at__lt=moment), superseded_at=None)
    assert [name for name, _place in found()] == ["ends"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_figure_is_changed_its_publication_is_named(history, data):
    model, name = data.draw(st.sampled_from(AMOUNTS))
    row = data.draw(st.sampled_from(list(model.objects.order_by("pk"))))
    was = getattr(row, name)
    other = data.draw(st.none() | st.integers(0, 10**9).map(Decimal))
    rewrite(model.objects.filter(pk=row.pk), **{name: other})
    [publication] = Publication.objects.filter(city=row.city, published_at=row.published_at)
    wanted = [] if other == was else [("chain-figures", chain.place(publication))]
    try:
        assert found() == wanted
    finally:
        rewrite(model.objects.filter(pk=row.pk), **{name: was})


def test_recorded_never_goes_backwards(city):
    ahead = make_publication(city, recorded_at=timezone.now() + timedelta(days=3))
    after = make_publication(city, make_period("2025Q2"))
    assert after.recorded_at == ahead.recorded_at
    assert {name for name, _fault in checks.faults(("future",))} == {"future"}


def test_a_day_before_it_was_recorded_is_a_back_filled_history(history, city):
    assert not history[0].is_backfilled
    assert make_publication(city, make_period("2025Q2")).is_backfilled


def test_the_migration_links_publications_from_before(history):
    links = [one.chain_hash for one in history]
    rewrite(Publication.objects, figures_hash="", previous_hash="", chain_hash="")
    migration = import_module("submissions.migrations.0012_link_publications")
    with lifted("clusters_publication"):
        migration.link(apps, connection.schema_editor())
    assert [one.chain_hash for one in Publication.objects.order_by("sequence")] == links
    assert found() == []


def test_the_page_of_a_version_says_that_its_history_was_back_filled(client, city, admin, officer):
    submission = make_submission(city, by=officer, status="submitted")
    make_row(submission)
    day = timezone.now() - timedelta(days=300)
    actions.accept(submission, by=admin, published_at=day)
    client.force_login(officer)
    assert "back-filled" in client.get(submission.get_absolute_url()).content.decode()


def test_a_paper_prints_the_head_that_its_figures_had(history):
    sheet = {
        "as_of": "2026-01-31",
        "snapshot": briefings.rests_on(timezone.now())["snapshot"],
    }
    said = parts._rests_on(paper_sheet.shown(sheet))
    assert f"Chain of figures: no. 3, {history[2].chain_hash[:12]}…" in said


# ---- outside -----------------------------------------------------------------------------------


def outside(folder, lines):
    file = folder / "figures.jsonl"
    file.write_bytes(b"".join(lines))
    ran = subprocess.run(
        [sys.executable, "-I", check_chain.__file__, file],
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout.strip()


def test_the_script_alone_comes_to_the_same_head(history, tmp_path):
    assert outside(tmp_path, chain.written_out()) == (
        0,
        f"3 publications, head {history[2].chain_hash}",
    )


@pytest.mark.parametrize("part", ["figures", "published_at", "figures_hash", "city", "sequence"])
def test_the_script_names_what_was_changed(history, tmp_path, part):
    lines = [json.loads(line) for line in chain.written_out()]
    old = lines[1][part]
    lines[1][part] = [*old[:-1], old[-1].replace("0", "1")] if part == "figures" else f"{old}0"
    code, said = outside(tmp_path, [json.dumps(one).encode() + b"\n" for one in lines])
    assert code == 1
    assert said.startswith("publication 2")


def test_the_head_goes_by_mail_if_somebody_is_named(history, settings, capsys):
    settings.ADMINS = [("keeper", "keeper@example.org")]
    with pytest.raises(SystemExit):
        call_command("verify", "--mail")
    assert f"Chain of figures: 3 {history[2].chain_hash}" in capsys.readouterr().out
    [sent] = mail.outbox
    assert f"{len(checks.CHECKS)} checks" in sent.subject
    assert history[2].chain_hash in sent.body


def test_nothing_is_there_to_link_at_first(db):
    assert found() == []
    assert chain.head() == ""
