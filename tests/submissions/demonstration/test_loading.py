"""Two cities and a few quarters through the real intake: the result matches the story."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from clusters.models import BlockReturn, City, CityReturn, Cluster, Publication
from config.deploy import reference_data
from enterprises.models import Enterprise, EnterpriseReturn, TierAward
from foundation.quarters import Quarter
from indicators.models import Target
from measures.models import TaskReport
from parks.models import Park, ParkReturn
from submissions.backfill.archive import Member
from submissions.backfill.batches import bring
from submissions.demonstration import ledger, loading, register, story, totals
from submissions.models import Finding, Submission
from submissions.refused import Refused
from tests.audit.rewritten import rewrite
from tests.factories import make_enterprise, make_user

# A cluster city that also has a park, and the one whose cumulative figure falls.
CITIES = ("370200", "370900")
QUARTERS = [Quarter(2024, 2), Quarter(2024, 3), Quarter(2025, 4)]


@pytest.fixture(scope="module")
def short_story():
    """A story of three quarters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(story, "quarters", lambda: QUARTERS)
        yield


@pytest.fixture(scope="module")
def _ready(module_db, short_story):
    """The register with the demonstration's firms."""
    reference_data.load()
    register.enter_firms()
    register.enter_baselines()


@pytest.fixture
def ready(_ready, db):
    """The same for one test."""


@pytest.fixture(scope="module")
def _people(_ready):
    bureaus = {
        code: make_user("bureau", City.objects.get(code=code), is_demonstration=True)
        for code in CITIES
    }
    return {"bureaus": bureaus, "reviewer": make_user("reviewer", is_demonstration=True)}


@pytest.fixture
def people(_people, db):
    """Those who hand in and accept; nothing has been handed in."""
    return _people


@pytest.fixture(scope="class")
def _loaded(_people):
    with transaction.atomic():
        load(_people)
        yield
        transaction.set_rollback(True)


def load(people, report=lambda *done: None):
    def tasks():
        ledger.enter(by=make_user(), checker=make_user(), with_workbook=CITIES)

    loading.load(**people, report=report, before_newest=tasks)


@pytest.mark.usefixtures("_loaded")
class TestLoaded:
    """What two cities' three quarters come to: handed in and accepted once for all of these."""

    def test_every_figure_arrives_to_the_cent(self, people):
        for code in CITIES:
            for quarter in QUARTERS:
                lines = story.lines(code, quarter, 1)
                told = totals.city_totals(code, lines)
                got = CityReturn.objects.in_force().get(city__code=code, period__code=str(quarter))
                assert (got.output_value, got.revenue) == (told.output_value, told.revenue)
                assert got.enterprises_over_100m == told.enterprises_over_100m
                returns = EnterpriseReturn.objects.in_force().filter(
                    city__code=code, period__code=str(quarter)
                )
                assert {
                    one.enterprise.credit_code: (one.output_value, one.revenue, one.rd_expenditure)
                    for one in returns.select_related("enterprise")
                } == {
                    line.firm.credit_code: (line.output_value, line.revenue, line.rd_expenditure)
                    for line in lines
                }

    def test_parks_and_building_blocks_arrive_too(self, people):
        assert ParkReturn.objects.in_force().count() == len(CITIES) * len(QUARTERS)
        blocks = BlockReturn.objects.in_force().filter(period__code="2025Q4")
        assert blocks.count() == 6
        assert all(block.status and "示例数据" in block.remark for block in blocks)

    def test_the_newest_workbooks_report_on_tasks_and_nobody_else_does_for_their_cities(
        self, people
    ):
        newest = TaskReport.objects.in_force().filter(period__code="2025Q4", city__isnull=False)
        own = newest.filter(city__code__in=CITIES)
        assert own.filter(place__startswith="任务进展!F").count() == own.count() > 5
        assert {"needs_coordination", "done"} < set(own.values_list("state", flat=True))
        assert not newest.exclude(city__code__in=CITIES).exclude(place="").exists()

    def test_no_workbook_needs_mending_and_every_question_is_answered(self, people):
        assert not Finding.objects.mandatory().exists()
        assert not Finding.objects.unanswered().exists()
        assert Finding.objects.filter(code="W159").exists()

    def test_history_has_its_own_time(self, people):
        for submission in Submission.objects.select_related("period"):
            assert submission.uploaded_at < submission.checked_at < submission.submitted_at
            assert submission.submitted_at < submission.decided_at == submission.published_at
            assert 0 < (submission.published_at.date() - submission.period.due_on).days < 10

    def test_the_reviewer_may_not_date_a_history_afterwards(self, people):
        assert not people["reviewer"].user_permissions.exists()

    def test_loading_again_adds_nothing(self, people):
        before = (
            Submission.objects.count(),
            EnterpriseReturn.objects.count(),
            Enterprise.objects.count(),
        )
        load(people)

        assert register.enter_firms() == 0
        assert before == (
            Submission.objects.count(),
            EnterpriseReturn.objects.count(),
            Enterprise.objects.count(),
        )

    def test_every_firm_is_marked_also_the_one_its_city_brought(self, people):
        assert not Enterprise.objects.filter(is_demonstration=False).exists()
        newcomer = Enterprise.objects.get(status="pending")
        assert newcomer.name.startswith("示例·")

    def test_it_is_refused_beside_a_real_submission(self, people):
        loading.refuse_with_real_data()
        first = Submission.objects.filter(pk=Submission.objects.first().pk)
        rewrite(first, uploaded_by=make_user("admin"))

        with pytest.raises(Refused, match="real submissions"):
            loading.refuse_with_real_data()


def test_an_interrupted_loading_resumes(people):
    class Killed(BaseException):
        pass

    def kill(version, done, total):
        if done == 3:
            raise Killed

    with pytest.raises(Killed):
        load(people, kill)
    assert Publication.objects.count() == 3
    load(people)

    assert Publication.objects.count() == Submission.objects.count() == 6
    assert set(Submission.objects.values_list("version", "status")) == {(1, "accepted")}


@pytest.mark.parametrize("act", ["read_and_check", "submit", "accept"])
def test_a_workbook_interrupted_between_two_acts_is_finished(people, monkeypatch, act):
    module = loading.receiving if act == "read_and_check" else loading.actions
    with monkeypatch.context() as broken:
        broken.setattr(module, act, lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            load(people)
    load(people)

    assert Publication.objects.count() == Submission.objects.count() == 6


def test_titles_say_that_their_document_is_none(ready):
    assert TierAward.objects.filter(tier__code="leading").count() == 100
    assert set(TierAward.objects.values_list("document", flat=True)) == {"示例文件（非真实）"}


def test_baselines_say_that_they_are_made_up(ready):
    baselines = dict(Target.objects.values_list("indicator", "baseline_value"))

    assert Decimal("0.4") < baselines.pop("cluster-output-share") < Decimal("0.5")
    assert 200 < baselines.pop("firms-over-100m") < 300
    assert set(baselines.values()) == {0}
    for target in Target.objects.all():
        assert target.baseline_period == "2022Q4"
        assert "示例数据" in target.baseline_source
        # Looking back finds it as if it had been entered when the plan came out.
        dates = [row.history_date.year for row in target.history.all()]
        assert dates == [2023, 2023]


def test_establishments_are_made_up_and_one_park_has_none(ready):
    register.enter_establishments()
    register.enter_establishments()

    for model, established, found_not, unsaid in ((Cluster, 2, 1, 0), (Park, 7, 2, 1)):
        built = model.objects.filter(established_on__isnull=False)
        assert set(built.values_list("established_evidence", flat=True)) == {"示例文件（非真实）"}
        assert built.count() == established
        assert model.objects.filter(not_established_on__isnull=False).count() == found_not
        assert model.objects.filter(established_on=None, not_established_on=None).count() == unsaid
        assert {one.history.count() for one in built} == {2}


def test_an_administrators_entry_on_a_park_stays(ready):
    park = Park.objects.get(slug="zaozhuang")
    park.not_established_on = date(2026, 1, 5)
    park.save()
    register.enter_establishments()

    park.refresh_from_db()
    assert (park.established_on, park.not_established_on) == (None, date(2026, 1, 5))


def test_an_existing_baseline_stays(ready):
    Target.objects.update(baseline_value="0.4", baseline_period="2022Q4", baseline_source="公报")
    register.enter_baselines()

    assert set(Target.objects.values_list("baseline_source", flat=True)) == {"公报"}


def test_it_is_refused_with_a_real_enterprise(ready):
    make_enterprise()

    with pytest.raises(Refused, match="real enterprises"):
        loading.refuse_with_real_data()


def test_it_is_refused_beside_a_real_batch(ready):
    city = City.objects.get(code=CITIES[0])
    bring([Member("a.xlsx", b"x")], by=make_user("bureau", city), name="2024", cities=[city])

    with pytest.raises(Refused, match="real batches"):
        loading.refuse_with_real_data()
