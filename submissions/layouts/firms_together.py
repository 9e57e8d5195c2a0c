"""Firms without a code, chosen once for several submissions of a city."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from clusters.models import City
from submissions.layouts.firm_candidates import (
    SAME_NAME,
    candidates,
    chosen_before,
    firm_names,
)
from submissions.layouts.handing_in import choose_again
from submissions.models import Finding, FirmChoice, LayoutUse, Submission
from submissions.workbook.foreign.firm_names import plain_firm_name
from submissions.workbook.foreign.firms import OPEN


def open_firms(submissions: Iterable[Submission]) -> dict[int, dict[str, str]]:
    """
    Return the key of each open version -> name -> as written, of firms that nobody has decided.

    One that a person has left open is decided: it is a finding to answer.
    """
    pks = [one.pk for one in submissions if one.status == Submission.Status.UPLOADED]
    decided = set(
        FirmChoice.objects.filter(submission__in=pks).values_list("submission_id", "name")
    )
    found: dict[int, dict[str, str]] = {}
    for finding in Finding.objects.filter(submission__in=pks, code=OPEN).unanswered():
        written = finding.params.get("name", "")
        name = plain_firm_name(written)
        if name and (finding.submission_id, name) not in decided:
            found.setdefault(finding.submission_id, {})[name] = written
    return found


def firms_to_choose(
    open_ones: Mapping[int, Mapping[str, str]], city: City, *, cities
) -> list[tuple[int, dict, str]]:
    """
    Return each firm once, numbered, with its candidates, as layouts/_firms.html takes them.

    What was chosen in an earlier file of the same layout is shown as chosen, and not taken by
    itself. cities are those whose register the user sees.
    """
    named = dict(sorted((name, text) for of in open_ones.values() for name, text in of.items()))
    if not named:
        return []
    uses = LayoutUse.objects.filter(submission__in=open_ones).select_related("layout")
    before: dict[str, str] = {}
    for layout in {use.layout for use in uses}:
        before |= chosen_before(layout, city.code)
    names = firm_names(cities)
    return [
        (
            number,
            {
                "name": name,
                "written": written,
                "chosen": before.get(name, ""),
                "candidates": candidates(names, written, city.code, None),
            },
            "",
        )
        for number, (name, written) in enumerate(named.items())
    ]


def of_the_same_name(firms: Iterable[tuple[int, dict, str]]) -> list[tuple[int, dict, dict]]:
    """
    Return (number, firm, candidate) of the firms of firms_to_choose() whose name is the register's.

    Only where one firm of the same city, and no other, has the very name today, and no other firm
    was chosen for the name before: a person can say yes to all of them at once.
    """
    found = []
    for number, firm, _city in firms:
        same = [one for one in firm["candidates"] if one["likeness"] == SAME_NAME]
        if len(same) != 1 or not same[0]["same_city"] or same[0]["by_name"]:
            continue
        if firm["chosen"] in ("", same[0]["code"]):
            found.append((number, firm, same[0]))
    return found


@transaction.atomic
def choose_together(
    submissions: Sequence[Submission], chosen: Mapping[str, str], *, cities, by
) -> int:
    """
    Store the choices for every open version that has the name undecided; return how many do.

    Each is checked again. chosen is name -> credit code, "" for a firm that stays open. Raises
    Refused if one was submitted meanwhile.
    """
    open_ones = open_firms(submissions)
    changed = 0
    for submission in submissions:
        names = open_ones.get(submission.pk, {}).keys() & chosen.keys()
        if names:
            of_this = {name: chosen[name] for name in names}
            choose_again(submission, of_this, cities=cities, by=by)
            changed += 1
    return changed
