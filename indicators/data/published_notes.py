"""Notes on figures as papers and the API carry them: those in force at the moment."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from foundation.both_languages import in_each
from foundation.frozen_data import Data
from foundation.quarters import Quarter
from indicators.data.notes import Noted
from indicators.data.snapshot import Snapshot

# The subjects of a paper's figures. Its readers may see every city.
IN_BRIEFING = ("target", "cluster")
IN_ASSESSMENT = ("target", "cluster", "city", "park")


def notes_about(snapshot: Snapshot, about: str, quarter: Quarter) -> list[Noted]:
    """Return the notes on a figure of a quarter in force at the snapshot's moment."""
    period = snapshot.period_ids.get(quarter)
    return [one for one in snapshot.notes if (one.about, one.period_id) == (about, period)]


def paper_notes(snapshot: Snapshot, quarter: Quarter, kinds: Iterable[str]) -> list[Data]:
    """
    Return the notes on a paper's figures in frozen form, by subject.

    Each with the subject's name in every language, the text, its author and its time.
    """
    return [
        {
            "about": about,
            "name": in_each(name),
            "text": one.text,
            "by": one.author,
            "at": one.written_at.isoformat(),
        }
        for kind in kinds
        for about, name in _subjects(snapshot, quarter, kind)
        for one in notes_about(snapshot, about, quarter)
    ]


def _subjects(
    snapshot: Snapshot, quarter: Quarter, kind: str
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the subjects of a kind, each with a function that returns its name."""
    plan = snapshot.plan_for(quarter)
    if kind == "target":
        for indicator in snapshot.indicators(quarter):
            yield f"target:{indicator.code}", partial(getattr, indicator, "short_name")
    elif kind == "city":
        for city in snapshot.cities:
            yield f"city:{city.code}", partial(str, city)
    else:
        for thing in snapshot.clusters_of(plan) if kind == "cluster" else snapshot.parks_of(plan):
            yield f"{kind}:{thing.slug}", partial(str, thing)
