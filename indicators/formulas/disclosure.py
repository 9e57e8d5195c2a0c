"""Which rows of a table are withheld because they would show one enterprise."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

# Source: feature bar, row 40: cells of fewer than 3 firms, or in which one makes over 80 %.
FEWEST_FIRMS = 3
LARGEST_SHARE = Decimal("0.8")


@dataclass(frozen=True, slots=True)
class Mass:
    """
    A group's amounts of one measure, without signs.

    whole    the sum of the amounts' absolute values; largest the largest of them
    """

    whole: Decimal
    largest: Decimal


@dataclass(frozen=True, slots=True)
class DisclosureGroup:
    """A row of a table: its key, how many enterprises are in it, their mass by measure."""

    key: Hashable
    firms: int
    masses: tuple[Mass, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """The keys of the rows to hide, and whether the total must be hidden too."""

    keys: frozenset[Hashable]
    total: bool = False


def is_sensitive(group: DisclosureGroup) -> bool:
    """Return whether a group shows too much of one of its enterprises; an empty one cannot."""
    if not group.firms:
        return False
    dominated = any(mass.largest > LARGEST_SHARE * mass.whole for mass in group.masses)
    return group.firms < FEWEST_FIRMS or dominated


def together(groups: Sequence[DisclosureGroup]) -> DisclosureGroup:
    """Return groups that share no enterprise as one."""
    return DisclosureGroup(
        key=None,
        firms=sum(group.firms for group in groups),
        masses=tuple(
            Mass(sum((one.whole for one in of), Decimal(0)), max(one.largest for one in of))
            for of in zip(*(group.masses for group in groups), strict=True)
        ),
    )


def hidden(groups: Iterable[DisclosureGroup]) -> Hidden:
    """
    Return which rows of a table with a total are hidden.

    Sensitive ones; and, since the total less the shown rows is the sum of the hidden ones, as
    many more, the smallest first, as make that sum insensitive itself and of two rows at
    least. Where even all rows together do not, the total is hidden with them. Whole rows are
    hidden: a shown measure would reveal a hidden one.
    """
    filled = [group for group in groups if group.firms]
    secret = [group for group in filled if is_sensitive(group)]
    if not secret:
        return Hidden(frozenset())
    spare = sorted(
        (group for group in filled if not is_sensitive(group)),
        key=lambda group: (group.masses[0].whole if group.masses else 0, group.firms),
    )
    while len(secret) < 2 or is_sensitive(together(secret)):
        if not spare:
            return Hidden(frozenset(group.key for group in filled), total=True)
        secret.append(spare.pop(0))
    return Hidden(frozenset(group.key for group in secret))


def hidden_parts(
    wholes: Hidden, parts: Mapping[Hashable, Sequence[DisclosureGroup]]
) -> frozenset[Hashable]:
    """
    Return which parts are hidden where each whole is a row of another table that is shown too.

    All parts of a hidden whole; of a shown one those that its sum would give away.
    """
    keys: set[Hashable] = set()
    for whole, groups in parts.items():
        if whole in wholes.keys:
            keys |= {group.key for group in groups if group.firms}
        else:
            keys |= hidden(groups).keys
    return frozenset(keys)
