"""Jinan with one of everything, and whoever asks for it."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from audit.proposals.deciding import propose
from audit.proposals.keepers import keeper_of
from clusters.models import BuildingBlock
from clusters.viewpoint import today
from enterprises.models import CityMove, FormerName, IndustryField, Tier, TierAward
from enterprises.register import background as register_jobs
from foundation.quarters import Quarter
from indicators.models import Note, Target
from submissions.intake import background
from submissions.intake.dry_run import DryRunResult
from submissions.models import Layout
from submissions.papers.issuing import issue_assessment, issue_briefing
from tests.factories import (
    make_city,
    make_city_return,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_park,
    make_period,
    make_plan,
    make_target,
    make_user,
)
from tests.jobs.cast import make_job
from tests.measures.cast import make_asked, make_file, make_handed_in, make_task
from tests.province import make_category
from tests.submissions.cast import make_batch, make_original, make_row, make_submission
from tests.submissions.layouts.cast import (
    make_contents,
    make_layout,
    make_look,
    make_use,
)

# Parameters of routes, and what stands for them: a text, or one for each beginning of a route.
Parameters = dict[str, str | dict[str, str]]


def make_everyone(people) -> dict[str, object]:
    """Return who asks, by column of the table: Jinan is the city of `own`."""
    return {
        "anonymous": AnonymousUser(),
        "none": make_user(username="nobody"),
        "own": people["officer"],
        "other": people["stranger"],
        **{role: people[role] for role in ("official", "reviewer", "admin", "auditor")},
        "superuser": make_user(username="root", is_superuser=True, is_staff=True),
    }


def make_world(people) -> Parameters:
    """Make Jinan with one of everything; return the parameters that lead to it."""
    city, period = make_city("370100"), make_period("2025Q3")
    cluster = make_clusters()[0]
    make_category(cluster, period)
    make_target("cluster-output-share")
    make_target("firms-over-100m")
    make_city_return(city, period)
    enterprise = make_enterprise(city, name="济南某企业")
    make_enterprise_return(enterprise, period)
    make_register_of(enterprise)
    park = make_park(city)
    task = make_task("1-01", cities=[city])
    evidence, deferral = make_file(task, city, by=people["officer"]), make_asked(task)
    handed_in = make_handed_in(make_task("1-02"))
    submission = make_original(make_submission(city, period, by=people["officer"]), b"bytes")
    make_row(submission)
    batch = make_batch(submission)
    make_use(submission, make_layout(people["officer"]))
    jobs = make_jobs(submission, people)
    by, seen = people["reviewer"], today(Quarter(2025, 3))
    briefing = issue_briefing(seen, by=by)
    assessment = issue_assessment(make_plan(), seen, by=by)
    note = Note.objects.create(
        about="city:370100", period=period, text="口径调整", written_by=people["officer"]
    )
    proposal = make_proposal(people["admin"])
    return {
        "<uidb64>": "MQ",
        "<token>": "never-made",
        "<int:pk>": {
            "submissions/layouts/": str(Layout.objects.get().pk),
            "proposals/": str(proposal.pk),
            "notes/": str(note.pk),
            "batches/": str(batch.pk),
            "": str(submission.pk),
        },
        "<pk>": str(submission.pk),
        "<int:block_pk>": str(BuildingBlock.objects.first().pk),
        "<slug:key>": "bureau",
        "<slug:slug>": {
            "clusters/": "jinan",
            "cities/": "jinan",
            "parks/": park.slug,
            "measures/": "ecology",
        },
        "<str:number>": "1-01",
        "<int:return_pk>": str(handed_in.pk),
        "<int:evidence_pk>": str(evidence.pk),
        "<int:deferral_pk>": str(deferral.pk),
        "<slug:code>": {
            "/firms/": "firms-over-100m",
            "/heaping/": "firms-over-100m",
            "indicators/": "cluster-output-share",
            "assessment/": "311",
        },
        "<str:period>": "2025Q3",
        "<slug:number>": {"briefing/": briefing.number, "assessment/": assessment.number},
        "<slug:credit_code>": enterprise.credit_code,
        "<credit_code>": enterprise.credit_code,
        "<code>": "cluster-output-share",
        "<uuid:job_id>": jobs,
        "<category>": str(BuildingBlock.objects.first().category_id),
        "<path:content_type_id>/<path:object_id>": (
            f"{ContentType.objects.get_for_model(enterprise).pk}/{enterprise.pk}"
        ),
    }


def make_register_of(enterprise) -> None:
    """Give an enterprise one of everything that the register holds."""
    tier = Tier.objects.create(code="leading", name="龙头", name_en="Leading")
    TierAward.objects.create(enterprise=enterprise, tier=tier, awarded_on=date(2024, 1, 1))
    FormerName.objects.create(enterprise=enterprise, name="济南某厂")
    IndustryField.objects.create(code="s", name="环境服务业", name_en="Services")
    CityMove.objects.create(
        enterprise=enterprise,
        from_city=make_city("370200"),
        to_city=enterprise.city,
        moved_on=date(2020, 1, 1),
    )


def make_jobs(submission, people) -> dict[str, str]:
    """Make a job of each page that shows one; return their keys by the beginning of its route."""
    officer, admin = people["officer"], people["admin"]
    asked = {"city": submission.city.code, "period": submission.period.code}
    checked = {"arguments": asked, "result": DryRunResult(readable=True, lines=0).as_json()}
    subject = background.check_subject(submission)
    make_job(background.check_submission, by=officer, state="done", subject=subject)
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x", run_after=timezone.now()
    )
    made = {
        "submissions/check/": make_job(background.check_file, by=officer, state="done", **checked),
        **make_layout_jobs(officer),
        "submissions/made/": make_job(background.mark_submission, by=officer, state="failed"),
        "/import/": make_job(register_jobs.preview_import, by=admin, state="failed"),
        "/export/": make_job(register_jobs.export_register, by=admin, state="failed"),
    }
    return {start: str(job.pk) for start, job in made.items()}


def make_layout_jobs(officer) -> dict:
    """Make the jobs of a file with other headings; return them by the beginning of their route."""
    layout = Layout.objects.get()
    rows = [[1, {"A": ["text", "企业名称"]}]]
    look = make_look(officer, {"sheets": [{"name": "表", "count": 1, "rows": rows}]})
    found = {"form": "xlsx", "parts": [], "problems": [], "firms": []}
    return {
        "submissions/layouts/file/": look,
        "submissions/layouts/contents/": make_contents(officer, look, found, layout=layout),
    }


def make_proposal(by):
    """Return a proposal to change a target, which waits for a second person."""
    target = Target.objects.first()
    state = keeper_of("indicators.target").stands(target, ["value"])
    changed = [state[0] | {"fields": {"value": "0.4"}}]
    return propose(target, state, changed, by=by, reason="x")
