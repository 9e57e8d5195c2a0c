"""
Who can open what: the addresses of the URL conf with the demonstration's own records.

A pattern is filled here if it has parameters; the walk adds what links on the pages lead to.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.apps import apps
from django.urls import (
    NoReverseMatch,
    Resolver404,
    URLPattern,
    URLResolver,
    get_resolver,
    resolve,
    reverse,
)

from accounts.roles import ROLES
from clusters.models import BuildingBlock, City, Cluster, Plan
from enterprises.models import Enterprise
from indicators.models import Assessment, Briefing, Target
from measures.models import Department, Task
from parks.models import Park
from submissions.models import Submission


@dataclass(frozen=True)
class WalkReader:
    """Who looks: the demonstration's account, or nobody with PUBLIC_DASHBOARD on or off."""

    account: str = ""
    is_public: bool = False


READERS = {
    "official": WalkReader("official"),
    "reviewer": WalkReader("reviewer"),
    "admin": WalkReader("admin"),
    "jinan": WalkReader("jinan"),
    "yantai": WalkReader("yantai"),
    "anonymous": WalkReader(),
    "public": WalkReader(is_public=True),
}
LANGUAGES = ("zh-hans", "en")
# The first is where links are followed; 2025Q4 as of 18 January 2026: 2 of 16 cities accepted.
MOMENTS = ("period=2025Q4", "period=2025Q4&as_of=2026-01-18", "period=2025Q3", "period=2025Q1")
VIEWPOINT = ("period", "as_of", "known")

# Why a name of the URL conf has no surface of its own.
NOT_WALKED = {
    "audit": "every step of a walk is a row of it: two walks are never equal",
    "indicators:seen": "POST only: keeps what a reader has seen",
    "indicators:withdraw_note": "POST only: takes a note back",
    "submissions:check_again": "POST only: reads a workbook again",
    "submissions:checked_marked": "of a job, and the demonstration has none",
    "submissions:checked": "of a job, and the demonstration has none",
    "submissions:made": "of a job, and the demonstration has none",
    "submissions:progress": "of a job, and the demonstration has none",
    **dict.fromkeys(
        ("submissions:batch", "submissions:batch_progress", "submissions:batch_city"),
        "of a batch, and the demonstration has none",
    ),
    "submissions:batch_add": "POST only: adds files to a batch",
    "submissions:batch_firms": "POST only: chooses firms for all quarters of a city",
    "submissions:batch_answers": "POST only: answers and submits a city's quarters",
    "submissions:batch_go_on": "POST only: goes on with a batch",
    "submissions:batch_stop": "POST only: stops a batch",
    "submissions:batch_decide": "POST only: decides about a file of a batch",
    "submissions:batch_accept": "POST only: accepts a city's quarters",
    "submissions:layout": "of a layout, and the demonstration has none",
    "submissions:layout_describe": "the form for a file, without figures",
    "submissions:layout_file": "of a job, and the demonstration has none",
    "submissions:layout_contents": "of a job, and the demonstration has none",
    "submissions:firms": "of a file with other headings, and the demonstration has none",
    "submissions:answers": "POST only: answers the findings",
    "submissions:correct": "POST only: corrects cells in the next version",
    "submissions:discard": "POST only: discards a version",
    "submissions:refile": "POST only: takes a file in for another period",
    "submissions:declare_nil": "POST only: hands in a return without data",
    "submissions:submit": "POST only: submits a workbook",
    "submissions:send_back": "POST only: sends a workbook back",
    "submissions:accept": "POST only: accepts a workbook",
    "submissions:ask_withdrawal": "POST only: asks for an acceptance to be withdrawn",
    "submissions:decide_withdrawal": "POST only: withdraws an acceptance, or leaves it in force",
    "measures:report": "of a department's account, and none of them walks",
    "measures:check_report": "of a department's account, and none of them walks",
    "measures:submit_report": "POST only: hands in a department's report",
    "measures:return": "the demonstration has no department's report",
    "measures:accept_return": "POST only: accepts a department's report",
    "measures:send_back_return": "POST only: sends a department's report back",
    "measures:add_evidence": "POST only: adds evidence to a step",
    "measures:evidence_file": "the demonstration has no file of evidence",
    "measures:check_evidence": "POST only: notes that evidence was checked",
    "measures:ask_deferral": "POST only: asks for a later date",
    "measures:decide_deferral": "POST only: decides on a later date",
    "briefing:issue": "POST only: issues a briefing",
    "assessment:issue": "POST only: issues the assessment",
    "submissions:chain_file": "the text that hashes are made of, and no page",
    "proposals:proposal": "the demonstration has nothing that waits for a second person",
    "proposals:confirm": "POST only: confirms what another person proposed",
    "proposals:reject": "POST only: rejects what another person proposed",
    "password_link": "of a link, and the demonstration has made none",
    "logout": "POST only: signs out",
    "session_end": "POST only: ends a session",
    "session_left": "says to a script how long the session lasts",
    "session_stay": "says to a script that the session was used",
    "set_language": "POST only: chooses a language",
    "api-v1:api-root": "only a prefix: answers 404 to everybody",
    "api-v1:openapi-json": "describes the API, holds no figures",
    "indicators:first_movement": "leads on to a target's movement",
    "briefing:newest": "leads on to the briefing of the viewpoint's quarter",
    "assessment:newest": "leads on to the assessment of the viewpoint's plan",
    "password_change_done": "says that a password was changed",
    "assessment:issued": "the demonstration issues no closing assessment",
    "assessment:docx": "the demonstration issues no closing assessment",
    "assessment:data": "the demonstration issues no closing assessment",
}
# Of Django's administration: a record's list, form and history are walked, nothing else.
ADMIN_PAGES = ("_changelist", "_change", "_history")


def names(resolver=None, space: str = "") -> Iterator[str]:
    """Yield the name of every pattern of the URL conf, with its namespace."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern) and entry.name:
            yield space + entry.name


def is_walked(name: str) -> bool:
    """Return whether a pattern has surfaces: all but those of NOT_WALKED and parts of the admin."""
    if name.startswith("admin:"):
        return name == "admin:index" or (
            name.endswith(ADMIN_PAGES) and not name.endswith(("_password_change", "simple_history"))
        )
    return name not in NOT_WALKED


def name_of(address: str) -> str:
    """Return the name of the pattern that an address leads to; "" if it leads to none."""
    return _name_of_path(urlsplit(address).path)


@lru_cache(maxsize=10_000)
def _name_of_path(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _slugs(model, parameter: str = "slug") -> Callable[[str], Iterator[dict]]:
    return lambda city: (
        {parameter: slug} for slug in model.objects.order_by("pk").values_list(parameter, flat=True)
    )


def _cities(city: str) -> Iterator[dict]:
    """Yield the reader's own city first, then all: those that are not theirs answer 404."""
    every = list(City.objects.order_by("pk").values_list("slug", flat=True))
    yield from ({"slug": slug} for slug in dict.fromkeys([city or every[0], *every]))


def _blocks(city: str) -> Iterator[dict]:
    for one in BuildingBlock.objects.select_related("category__cluster").order_by("pk"):
        yield {"slug": one.category.cluster.slug, "block_pk": one.pk}


def _firms(city: str) -> Iterator[dict]:
    every = Enterprise.objects.order_by("pk")
    own = every.filter(city__slug=city)[:5] if city else every[:5]
    for one in [*own, *every[:1]]:
        yield {"credit_code": one.credit_code}


def _codes(*only: str) -> Callable[[str], Iterator[dict]]:
    def filled(city: str) -> Iterator[dict]:
        every = Target.objects.order_by("pk").values_list("indicator", flat=True)
        yield from ({"code": code} for code in dict.fromkeys(every) if not only or code in only)

    return filled


def _submissions(city: str) -> Iterator[dict]:
    """Yield the newest submission of each state, of the reader's own city first."""
    every = Submission.objects.order_by("-period__code", "city__code", "-version")
    own = every.filter(city__slug=city) if city else every
    picked = {one.status: one.pk for one in reversed(list(own))}
    first = every.values_list("pk", flat=True)[:1]
    yield from ({"pk": pk} for pk in dict.fromkeys([*picked.values(), *first]))


def _drafts(city: str) -> Iterator[dict]:
    yield from ({"period": moment.split("&")[0][7:]} for moment in MOMENTS[:1])


def _issued(city: str) -> Iterator[dict]:
    for one in Briefing.objects.select_related("period").order_by("pk"):
        yield {"period": one.period.code, "number": one.number}


def _assessments(city: str) -> Iterator[dict]:
    for one in Assessment.objects.select_related("plan").order_by("pk"):
        yield {"code": one.plan.code, "number": one.number}


# How the patterns with parameters are filled, for a reader of one city or of all ("").
FILLED: dict[str, Callable[[str], Iterator[dict]]] = {
    "clusters:cluster": _slugs(Cluster),
    "clusters:block": _blocks,
    "parks:park": _slugs(Park),
    "indicators:city": _cities,
    "measures:task": _slugs(Task, "number"),
    "measures:department": _slugs(Department),
    "enterprises:enterprise": _firms,
    "indicators:indicator": _codes(),
    "indicators:firms": _codes("firms-over-100m"),
    "indicators:heaping": _codes("firms-over-100m"),
    "indicators:movement": _codes("firms-over-100m", "cluster-output-share"),
    **dict.fromkeys(
        [f"submissions:{one}" for one in ("submission", "original", "marked", "cells", "preview")],
        _submissions,
    ),
    "briefing:briefing": _drafts,
    "briefing:draft_docx": _drafts,
    **dict.fromkeys([f"briefing:{one}" for one in ("issued", "docx", "data")], _issued),
    **dict.fromkeys(
        [f"assessment:{one}" for one in ("assessment", "draft_docx")], _slugs(Plan, "code")
    ),
    **dict.fromkeys([f"assessment:{one}" for one in ("issued", "docx", "data")], _assessments),
    "help_role": lambda city: ({"key": key} for key in ROLES),
    "api-v1:indicator": _codes(),
    "api-v1:enterprise": _firms,
    "api-v1:submission": _submissions,
}
# What an address must ask for beside the period, to be more than a form or a refusal.
ASKED = {
    "indicators:write_note": ["about=city:370100&period=2025Q4"],
    "submissions:template": ["city=jinan&period=2025Q4", "city=yantai&period=2025Q4"],
    "submissions:cell": ["at=企业明细!C6", "at=城市汇总!C6"],
    "indicators:what_if": ["", "output-yantai=5"],
    "indicators:growth": ["", "of=jinan&measure=output_value"],
    "indicators:firm_totals": ["", "by=park", "by=park&for=outside", "by=field&for=outside"],
}
FORMATS = ("json", "csv", "xlsx")
# Answers of the API that are no lists.
NO_LISTS = ("api-v1:overview",)


def seeds(role: str, *, objects: int) -> Iterator[str]:
    """
    Yield the addresses of the URL conf for a reader, without a moment.

    objects  of how many records a pattern is filled with
    """
    city = role if City.objects.filter(slug=role).exists() else ""
    for name in dict.fromkeys(names()):
        if not is_walked(name):
            continue
        if name.startswith("admin:"):
            yield from _admin(name) if role == "admin" else ()
            continue
        for filled in islice(_fillings(name, city), objects):
            path = reverse(name, kwargs=filled)
            for asked in _asked(name, path):
                yield f"{path}?{asked}" if asked else path


def _fillings(name: str, city: str) -> Iterator[dict]:
    """Yield what a pattern's parameters are filled with; nothing for one that is only linked to."""
    if name == "submissions:cell":
        name = "submissions:cells"
    if name in FILLED:
        yield from FILLED[name](city)
        return
    try:
        reverse(name)
    except NoReverseMatch:
        return
    yield {}


def _asked(name: str, path: str) -> list[str]:
    """Return the queries that an address comes with; the API's lists come in three forms."""
    if name.startswith("api-v1:") and name not in (*FILLED, *NO_LISTS):
        return [f"format={form}" for form in FORMATS]
    return ASKED.get(name, [""])


def _admin(name: str) -> Iterator[str]:
    """Yield a page of Django's administration: a list as it is, a form of the first record."""
    for model in apps.get_models():
        start = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        if name.startswith(start) and name != start + "changelist":
            one = model._default_manager.order_by("pk").first()
            if one is not None and name in (start + "change", start + "history"):
                yield reverse(name, args=[one.pk])
            return
    yield reverse(name)


def at(address: str, moment: str) -> str:
    """Return an address at another moment: of a briefing, in its path too."""
    parts = urlsplit(address)
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in VIEWPOINT]
    asked = dict(parse_qsl(moment))
    found = name_of(parts.path)
    path = parts.path
    if found in ("briefing:briefing", "briefing:draft_docx"):
        path = reverse(found, kwargs={"period": asked.pop("period")})
    return parts._replace(path=path, query=urlencode([*kept, *asked.items()])).geturl()


def form_of(address: str) -> tuple[str, ...]:
    """Return what tells kinds of addresses apart: the pattern, and what is asked for."""
    parts = urlsplit(address)
    asked = {key for key, _value in parse_qsl(parts.query) if key not in VIEWPOINT}
    return (name_of(address), *sorted(asked))


def download_in(address: str) -> str:
    """Return which table of a page an address asks for as a file, such as parks.csv; "" if none."""
    return dict(parse_qsl(urlsplit(address).query)).get("download", "")
