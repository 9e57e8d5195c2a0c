"""What is dated of an enterprise: its titles, its former names, its moves between cities."""

from dataclasses import dataclass
from datetime import date

from enterprises.models import Enterprise
from enterprises.tiering import holds
from foundation.language import in_chinese

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


def timeline(enterprise: Enterprise) -> dict[str, list[Fact]]:
    """Return an enterprise's dated facts by kind, oldest first. Three queries."""
    name = "name" if in_chinese() else "name_en"
    titles = enterprise.awards.values_list(
        "awarded_on", "expires_on", f"tier__{name}", "document", "source"
    )
    names = enterprise.former_names.values_list("used_until", "name", "credit_code", "document")
    moves = enterprise.moves.values_list(
        "moved_on", f"from_city__{name}", f"to_city__{name}", "document"
    )
    found = {
        TITLE: [
            Fact(TITLE, since, until, title, "", document, source)
            for since, until, title, document, source in titles
        ],
        NAME: [
            Fact(NAME, None, until, former, code, document, "")
            for until, former, code, document in names
        ],
        MOVE: [
            Fact(MOVE, since, None, from_, to, document, "") for since, from_, to, document in moves
        ],
    }
    for facts in found.values():
        facts.sort(key=lambda fact: (fact.since or date.min, fact.until or date.max, fact.name))
    return found
