"""Which city and quarter a file is of, and from where that is known. No database."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from submissions.models import BatchFile
from submissions.rules.template_signature import read_stamp
from submissions.workbook.contents import Reading, Value
from submissions.workbook.foreign.places import CityWords, quarters_in

Source = BatchFile.Source

CITY, PERIOD = "city", "period"

# What is inside a file counts before its name: the name only where nothing inside says it.
INSIDE = (Source.STAMP, Source.HEADER, Source.SHEET)
ORDER = (*INSIDE, Source.FILE)


@dataclass(frozen=True, slots=True)
class Mention:
    """
    A place of a file that names a city or a quarter.

    what     "city" or "period"
    source   of Source
    where    sheet and cell, such as 城市汇总!A2; the name itself for a sheet or the file
    written  the text that names it
    value    the city's code, or the quarter as 2025Q3
    """

    what: str
    source: str
    where: str
    written: str
    value: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """
    What a file says of itself.

    city, period            None if nothing names it, or if the places inside contradict each other
    city_from, period_from  the source that decided; "" without one
    contradictions          which of "city" and "period" the places inside contradict each other on
    """

    city: str | None
    city_from: str
    period: str | None
    period_from: str
    contradictions: tuple[str, ...]
    evidence: tuple[Mention, ...]

    @property
    def as_json(self) -> list[dict[str, str]]:
        """Return the evidence as it is stored."""
        return [asdict(one) for one in self.evidence]


def recognise(reading: Reading, name: str, words: CityWords) -> Recognition:
    """
    Return the city and quarter of a file.

    reading  of the file
    name     the file's own, with the folders it lay in
    """
    evidence = (*_of_stamp(reading), *_of_header(reading, words))
    evidence = (*evidence, *_of_sheets(reading, words), *_of_name(name, words))
    city, city_from, city_doubtful = _decided(evidence, CITY)
    period, period_from, period_doubtful = _decided(evidence, PERIOD)
    doubtful = [CITY] * city_doubtful + [PERIOD] * period_doubtful
    return Recognition(city, city_from, period, period_from, tuple(doubtful), evidence)


def _decided(evidence: tuple[Mention, ...], what: str) -> tuple[str | None, str, bool]:
    """Return the value, the source that decided, and whether the places inside contradict."""
    inside = [one for one in evidence if one.what == what and one.source in INSIDE]
    if len({one.value for one in inside}) > 1:
        return None, "", True
    for source in ORDER:
        values = {one.value for one in evidence if one.what == what and one.source == source}
        if len(values) == 1:
            return values.pop(), source, False
    return None, "", False


def _of_stamp(reading: Reading) -> Iterator[Mention]:
    if stamp := read_stamp(reading.stamp):
        yield Mention(CITY, Source.STAMP, "", stamp.city, stamp.city)
        yield Mention(PERIOD, Source.STAMP, "", stamp.period, stamp.period)


def _of_header(reading: Reading, words: CityWords) -> Iterator[Mention]:
    for table in reading.tables.values():
        if table.reporter:
            yield from _one(
                CITY, words.named(str(table.reporter.value)), table.reporter, table.sheet
            )
        if table.period and table.period.value:
            yield from _one(PERIOD, {str(table.period.value)}, table.period, table.sheet)


def _one(what: str, found: set[str], label: Value, sheet: str) -> Iterator[Mention]:
    """Yield what a label says, if it names one thing only."""
    if len(found) == 1:
        yield Mention(what, Source.HEADER, f"{sheet}!{label.cell}", label.written, *found)


def _of_sheets(reading: Reading, words: CityWords) -> Iterator[Mention]:
    for name in reading.sheets:
        yield from _named(Source.SHEET, name, words.named(name), quarters_in(name))


def _of_name(name: str, words: CityWords) -> Iterator[Mention]:
    yield from _named(Source.FILE, name, words.named_in_file(name), quarters_in(name))


def _named(source: str, name: str, cities: set[str], periods: set[str]) -> Iterator[Mention]:
    """Yield what a name says of each; a name of several cities or quarters says nothing."""
    for what, found in ((CITY, cities), (PERIOD, periods)):
        if len(found) == 1:
            yield Mention(what, source, name, name, *found)
