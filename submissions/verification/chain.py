"""
The chain of publications: walked, held to the figures, and written out for who checks it outside.

Its form is told in clusters.models.publication and submissions.lineage.canonical_figures.
"""

import json
from collections.abc import Iterator

from django.db.models import Max
from django.utils.translation import gettext as _

from clusters.models import Publication
from clusters.models.publication import FIRST, link_hash, moment
from submissions.lineage.canonical_figures import PUBLISHED, figure_lines, figures_hash, rows_of
from submissions.verification.discrepancy import Discrepancy


def broken_link() -> Iterator[Discrepancy]:
    """Yield the first publication that does not follow the one before it, or was changed."""
    last = None
    for number, each in enumerate(publications(), start=1):
        if what := _wrong(each, last, number):
            yield Discrepancy(place(each), what)
            return
        last = each


def figures_unlike_their_hash() -> Iterator[Discrepancy]:
    """Yield each publication whose figures are not those that it put in force."""
    for each in publications():
        if figures_hash(**_slot(each)) != each.figures_hash:
            yield Discrepancy(
                place(each),
                _("Its figures are not those of its hash: a row was changed, added or deleted."),
            )


def ends_of_no_publication() -> Iterator[Discrepancy]:
    """Yield figures that ended when none of their period began, or did not end and should have."""
    begun = set(Publication.objects.values_list("period", "published_at"))
    newest = {
        (city, period): at
        for city, period, at in Publication.objects.order_by()
        .values_list("city", "period")
        .annotate(at=Max("published_at"))
    }
    for model, city in PUBLISHED.items():
        rows = rows_of(model).values_list(city, "period", "published_at", "superseded_at")
        for of_city, period, at, ended in rows.distinct().iterator(chunk_size=2000):
            holds = newest.get((of_city, period), at) == at
            if (period, ended) not in begun if ended else not holds:
                yield Discrepancy(
                    f"{model._meta.db_table}: city {of_city}, period {period}, {moment(at)}",
                    _("Figures that ended when none of their period began, or never ended."),
                )


def head() -> str:
    """Return the head of the chain in one line: number, hash, moment; "" without a publication."""
    last = Publication.objects.order_by("sequence").last()
    return f"{last.sequence} {last.chain_hash} {moment(last.recorded_at)}" if last else ""


def written_out() -> Iterator[bytes]:
    """Yield the whole chain with all its figures: a line of JSON for each publication."""
    for each in publications():
        link = {
            "sequence": str(each.sequence),
            "city": each.city.code,
            "period": each.period.code,
            "published_at": moment(each.published_at),
            "recorded_at": moment(each.recorded_at),
            "figures_hash": each.figures_hash,
            "previous_hash": each.previous_hash,
            "chain_hash": each.chain_hash,
            "figures": list(figure_lines(**_slot(each))),
        }
        yield f"{json.dumps(link, ensure_ascii=False)}\n".encode()


def publications() -> Iterator[Publication]:
    """Return an iterator over all publications in the order of the chain."""
    every = Publication.objects.select_related("city", "period").order_by("sequence")
    return every.iterator(chunk_size=500)


def place(publication: Publication) -> str:
    """Return which publication it is, by city, period and number."""
    return _("%(city)s %(period)s, publication %(number)d") % {
        "city": publication.city,
        "period": publication.period.code,
        "number": publication.sequence,
    }


def _wrong(each: Publication, last: Publication | None, number: int) -> str:
    """Return what is wrong with a link; "" if it holds."""
    if each.sequence != number:
        return _("Number %(number)d of the chain is missing.") % {"number": number}
    if each.previous_hash != (last.chain_hash if last else FIRST):
        return _("It does not follow the publication before it: one of the two was changed.")
    if each.chain_hash != link_hash(each):
        return _("It was changed: its hash is another.")
    if last and each.recorded_at < last.recorded_at:
        return _("It was recorded before the publication before it.")
    return ""


def _slot(each: Publication) -> dict:
    return {"city": each.city, "period": each.period, "published_at": each.published_at}
