"""What is dated of an enterprise: its titles, its former names, its moves between cities."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, DateField, Value

from clusters.language import in_chinese
from enterprises.models import Enterprise
from enterprises.tiering import holds

TITLE, NAME, MOVE = "title", "name", "move"


@dataclass(frozen=True, slots=True)
class Fact:
    """
    One of them, by kind: a title and its first and last day; a former name with the code it had
    and its last day; a move from a city to another on a day. Days are None where not known.
    """

    kind: str
    since: date | None
    until: date | None
    name: str
    other: str
    document: str
    source: str

    def held(self, day: date) -> bool:
        """Return whether a title was held on a day."""
        return self.since is not None and holds(day, self.since, self.until)


def past_of(enterprise: Enterprise) -> dict[str, list[Fact]]:
    """Return an enterprise's dated facts by kind, oldest first. One query, for a page has eight."""
    name = "name" if in_chinese() else "name_en"
    no_day, no_text = Value(None, DateField()), Value("", CharField())
    titles = enterprise.awards.values_list(
        *(Value(TITLE), "awarded_on", "expires_on", f"tier__{name}", no_text, "document", "source")
    )
    names = enterprise.former_names.values_list(
        *(Value(NAME), no_day, "used_until", "name", "credit_code", "document", no_text)
    )
    moves = enterprise.moves.values_list(
        *(Value(MOVE), "moved_on", no_day, f"from_city__{name}", f"to_city__{name}"),
        *("document", no_text),
    )
    found: dict[str, list[Fact]] = {TITLE: [], NAME: [], MOVE: []}
    for row in titles.order_by().union(names.order_by(), moves.order_by(), all=True):
        found[row[0]].append(Fact(*row))
    for facts in found.values():
        facts.sort(key=lambda fact: (fact.since or date.min, fact.until or date.max, fact.name))
    return found
