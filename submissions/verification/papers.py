"""Issued papers: each under its hash, numbered without a gap, with the hash of the one before."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from indicators.models import Assessment, Briefing
from indicators.models.paper import Paper
from submissions.verification.discrepancy import Discrepancy


def papers_unlike_their_hash() -> Iterator[Discrepancy]:
    """Yield the papers whose content is not what was issued."""
    for paper in _papers():
        if not paper.is_intact:
            yield Discrepancy(paper.number, _("Its content is not that of its hash."))
        elif paper.data.get("number") != paper.number:
            yield Discrepancy(paper.number, _("Its content is that of another paper."))


def papers_out_of_their_chain() -> Iterator[Discrepancy]:
    """Yield the papers that name a predecessor which is gone, or has another hash now."""
    known = {paper.number: paper.sha256 for paper in _papers()}
    for paper in _papers():
        previous = paper.data.get("previous")
        if previous and known.get(previous["number"]) != previous["sha256"]:
            yield Discrepancy(
                paper.number,
                _("The paper before it, %(number)s, is missing or was changed since.")
                % {"number": previous["number"]},
            )


def gaps_in_paper_numbers() -> Iterator[Discrepancy]:
    """Yield the series of papers that are not numbered 1, 2, 3 …"""
    for kind in (Briefing, Assessment):
        serials = defaultdict(list)
        for paper in kind.objects.select_related("plan").order_by("serial"):
            serials[paper.plan.code, paper.year].append(paper.serial)
        for (plan, year), found in serials.items():
            if found != list(range(1, len(found) + 1)):
                numbers = ", ".join(map(str, found))
                yield Discrepancy(
                    f"{kind._meta.verbose_name} {plan} {year}",
                    _("Numbers are missing or double; there are: %(numbers)s.")
                    % {"numbers": numbers},
                )


def _papers() -> Iterator[Paper]:
    for kind in (Briefing, Assessment):
        yield from kind.objects.order_by("pk").iterator(chunk_size=20)
