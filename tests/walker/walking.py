"""The walk: every reader opens every address, and what they see is read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.utils import translation
from lxml import html

from tests.walker import surfaces
from tests.walker.reading import files, pages
from tests.walker.surfaces import LANGUAGES, MOMENTS, READERS
from tests.walker.values import ShownValue, Surface, SurfaceReading

# Links that are no surface: they change something, or are another page's own business.
LEFT_ALONE = ("/static/", "/i18n/", "/accounts/logout/")
KINDS = {
    "text/html": "html",
    "text/csv": "csv",
    "application/json": "json",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
PRINT = "print:"


def reading_of(kind: str, body: bytes, *, status: int = 200, here: str = "/") -> SurfaceReading:
    """Return what an answer's body shows; here is its address, from which its links lead."""
    if kind == "html":
        page = body.decode()
        values = pages.values_of_page(page)
        links = tuple(pages.links_of_page(page, here))
        return SurfaceReading(status, kind, tuple(values), links, pages.has_viewpoint(page))
    readers = {
        "csv": files.values_of_csv,
        "xlsx": files.values_of_xlsx,
        "json": files.values_of_json,
        "docx": files.values_of_docx,
    }
    return SurfaceReading(status, kind, tuple(readers[kind](body)) if kind in readers else ())


def kind_of(headers: Mapping[str, str]) -> str:
    """Return what an answer is, by its type; of a file kept as it came, by its name."""
    kind = KINDS.get(headers.get("Content-Type", "").partition(";")[0], "other")
    name = headers.get("Content-Disposition", "").rpartition(".")[2].strip('"')
    return name if kind == "other" and name in KINDS.values() else kind


def read(surface: Surface, client: Client | None = None) -> SurfaceReading:
    """Return what a surface shows now; without a client one is made and signed in."""
    client = client or signed_in(surface.role)
    if surface.address.startswith(PRINT):
        return _printed(surface)
    opened = READERS[surface.role].is_public
    with override_settings(PUBLIC_DASHBOARD=True) if opened else nullcontext():
        answer = client.get(surface.address, headers={"accept-language": surface.language})
    kind = kind_of(answer.headers)
    if 300 <= answer.status_code < 400:
        return SurfaceReading(answer.status_code, "redirect", location=answer.headers["Location"])
    body = answer.getvalue()
    return reading_of(kind, body, status=answer.status_code, here=surface.address)


def _printed(surface: Surface) -> SurfaceReading:
    """Return the sheet that `print_briefing` prints, which no address gives."""
    from config.management.commands.print_briefing import draft_sheet

    parts = urlsplit(surface.address.removeprefix(PRINT))
    asked = dict(parse_qsl(parts.query))
    with translation.override(surface.language):
        sheet = draft_sheet(asked["period"], asked.get("as_of", ""))
        page = render_to_string("submissions/paper_print.html", {"sheet": sheet, "styles": []})
    return reading_of("html", page.encode())


def signed_in(role: str) -> Client:
    """Return a browser of a reader: signed in, or nobody's. A 500 is an answer, no exception."""
    client = Client(raise_request_exception=False)
    if account := READERS[role].account:
        client.force_login(get_user_model().objects.get(username=account))
    return client


class Walk:
    """
    Every surface that some readers can open, and what each shows.

    roles      keys of READERS
    languages  of LANGUAGES; links are followed in the first
    moments    of MOMENTS, queries; links are followed at the first, and the others are looked at
               in the first language only
    objects    of how many records a pattern is walked, and how many links of one kind are followed
    kinds      of how many kinds the links to one pattern may be that are followed: a kind is what
               an address asks for (filters, sorting); 0 follows none
    downloads  whether the files of tables are opened too, each table of a pattern once: all three
               forms where links are followed, csv in other languages and at other moments
    only       names of the URL conf's patterns; empty for all

    Nothing is kept beyond the walk: what the database holds now is what is read.
    """

    def __init__(
        self,
        *,
        roles: Iterable[str] = tuple(READERS),
        languages: Iterable[str] = LANGUAGES,
        moments: Iterable[str] = MOMENTS,
        objects: int = 2,
        kinds: int = 2,
        downloads: bool = True,
        only: Iterable[str] = (),
    ) -> None:
        """Take who looks at what."""
        self.roles, self.languages = tuple(roles), tuple(languages)
        self.moments, self.objects, self.kinds = tuple(moments), objects, kinds
        self.downloads, self.only = downloads, frozenset(only)

    def readings(self) -> Iterator[tuple[Surface, SurfaceReading]]:
        """Yield each surface once, with what it shows."""
        for role in self.roles:
            yield from _OfOneRole(self, role).readings()

    def surfaces(self) -> Iterator[Surface]:
        """Yield each surface once."""
        yield from (surface for surface, _reading in self.readings())


class _OfOneRole:
    """One reader's walk."""

    def __init__(self, walk: Walk, role: str) -> None:
        self.walk, self.role = walk, role
        self.client = signed_in(role)
        self.done: set[tuple[str, str]] = set()
        self.linked: Counter = Counter()

    def readings(self) -> Iterator[tuple[Surface, SurfaceReading]]:
        """Follow links in the first language at the first moment, then look at the others."""
        found: list[tuple[Surface, SurfaceReading]] = []
        (first, *others), (now, *then) = self.walk.languages, self.walk.moments
        for surface, reading in self._crawl(first, now):
            found.append((surface, reading))
            yield surface, reading
        for language, moment in [*((one, now) for one in others), *((first, one) for one in then)]:
            for surface, reading in found:
                yield from self._again(surface, reading, language, moment)

    def _crawl(self, language: str, moment: str) -> Iterator[tuple[Surface, SurfaceReading]]:
        """Yield the seeds and what links lead to, each kind of link so many times."""
        seeds = surfaces.seeds(self.role, objects=self.walk.objects)
        waiting = [(self._at(one, moment), "") for one in seeds]
        if not self.walk.only and self.role == "official":
            waiting.append((f"{PRINT}/?{moment}", ""))
        while waiting:
            address, source = waiting.pop(0)
            if (language, address) in self.done or not self._wanted(address, bool(source)):
                continue
            surface = Surface(self.role, language, address, surfaces.name_of(address), source)
            reading = self._read(surface)
            yield surface, reading
            for link in reading.links:
                if self._is_ours(link):
                    waiting.append((self._at(link, moment), address))

    def _again(
        self, surface: Surface, before: SurfaceReading, language: str, moment: str
    ) -> Iterator[tuple[Surface, SurfaceReading]]:
        """Yield a surface in another language or at another moment, if it is another."""
        address = surface.address
        then = self._at(address, moment)
        if (language, then) in self.done or surfaces.download_in(then):
            return
        if then != address and not before.has_viewpoint and not _knows_moments(address):
            return
        other = replace(surface, language=language, address=then)
        reading = self._read(other)
        yield other, reading
        for link in reading.links:
            if surfaces.download_in(link).endswith(".csv") and self._wanted(
                link, True, (language, moment)
            ):
                file = replace(other, address=self._at(link, moment), linked_from=then)
                yield file, self._read(file)

    def _read(self, surface: Surface) -> SurfaceReading:
        self.done.add((surface.language, surface.address))
        return read(surface, self.client)

    def _wanted(self, address: str, is_link: bool, where: tuple = ()) -> bool:
        """
        Return whether an address is walked: all of the URL conf, of each kind of link some.

        where  language and moment, where they are not the first
        """
        name, *asked = surfaces.form_of(address)
        if self.walk.only and name not in self.walk.only:
            return False
        if not is_link:
            return True
        if download := surfaces.download_in(address):
            self.linked[where, name, download] += 1
            return self.walk.downloads and self.linked[where, name, download] == 1
        self.linked.update([name, (name, *asked)])
        many, most = self.walk.objects, self.walk.objects * self.walk.kinds
        return self.linked[name, *asked] <= many and self.linked[name] <= most

    def _is_ours(self, link: str) -> bool:
        """Return whether a link is a surface. What leads nowhere is one: it should not be there."""
        name = surfaces.name_of(link)
        if link.startswith(LEFT_ALONE) or name.startswith("admin:"):
            return False
        return not name or surfaces.is_walked(name)

    @staticmethod
    def _at(address: str, moment: str) -> str:
        if address.startswith(PRINT):
            return f"{PRINT}/?{moment}"
        return surfaces.at(address, moment) if _takes_moment(address) else address


def _takes_moment(address: str) -> bool:
    """Return whether an address may carry ?period=: not the administration's, whose forms balk."""
    return not surfaces.name_of(address).startswith("admin:")


DOCUMENTS_OF_A_MOMENT = (
    "briefing:draft_docx",
    "assessment:draft_docx",
    "submissions:template",
    "submissions:inbox",
)


def _knows_moments(address: str) -> bool:
    """Return whether an address that shows no bar answers for a moment all the same."""
    name = surfaces.name_of(address)
    return address.startswith(PRINT) or name.startswith("api-v1:") or name in DOCUMENTS_OF_A_MOMENT


def texts_of(page: str) -> str:
    """Return a page's text, for a test that looks for words and not for values."""
    return pages.text_of(html.document_fromstring(page))


def by_name(readings: Iterable[tuple[Surface, SurfaceReading]]) -> dict[str, list[Surface]]:
    """Return the surfaces by the name of their pattern in the URL conf."""
    found: dict[str, list[Surface]] = {}
    for surface, _reading in readings:
        found.setdefault(surface.name, []).append(surface)
    return found


def values_of(
    readings: Iterable[tuple[Surface, SurfaceReading]],
) -> Iterator[tuple[Surface, ShownValue]]:
    """Yield every value with the surface that shows it."""
    for surface, reading in readings:
        for value in reading.values:
            yield surface, value
