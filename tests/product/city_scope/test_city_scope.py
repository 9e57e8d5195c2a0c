"""
Every address, as every kind of user: rows.py and admin_rows.py say what each answers.

Nobody reads what is not theirs, nobody is met by a 500; what is refused changes nothing, and
stands in the audit.
"""

import logging
import re

import pytest
from django.apps import apps
from django.db import connection, transaction

from audit.models import AuditEvent
from tests.depth import DEEP
from tests.product.city_scope import admin_rows, rows
from tests.product.city_scope.routes import ADMIN, Route, address, routes
from tests.product.city_scope.world import make_everyone, make_world

ROUTES = routes()
PAGES = [route for route in ROUTES if not route.path.startswith(ADMIN)]
# One of each kind of page of the admin site, where all are answered in one place.
SAMPLE = [
    route
    for route in ROUTES
    if route.path.startswith(ADMIN) and route.kind in ("", "enterprises.enterprise")
]
WRITING = {"add", "change", "delete", "simple_history", "password_link"}
# What a request leaves behind that says nothing of what it did.
FORMS = ("csv", "xlsx", "json")
UNCOUNTED = re.compile("audit_auditevent|django_session|axes_.*|accounts_requestcount")
# Pages that are the same to all are asked for by HEAD as these.
EVERY_HEAD = {"anonymous", "none", "own", "other"}
# Who asks, by method. Django answers HEAD by the view of GET, so in the ordinary run only a few
# ask by it. Who may see what is decided in Python: on PostgreSQL every query is to be planned and
# typed, for which it is enough that somebody is answered at each address.
ASKING = {method: rows.PEOPLE for method in ("get", "head", "post")}
FILES_FOR: tuple[str, ...] = rows.PEOPLE
if not DEEP:
    ASKING["head"] = ("anonymous", "own", "other")
if not DEEP and connection.vendor == "postgresql":
    ASKING = {"get": ("own", "admin"), "post": ("own", "superuser")}
    FILES_FOR = ("own", "auditor")
REFUSED = {"401", "403", "404"}
NOTHING_THERE = {"admin/(?P<url>.*)$"}


@pytest.fixture(scope="module")
def _world(people):
    return make_everyone(people), make_world(people)


@pytest.fixture(autouse=True)
def _quiet():
    """No log: a refusal's traceback takes longer to write than the refusal."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


class Visitor:
    """One person's browser; what a request writes is undone, but for what a refusal records."""

    def __init__(self, client, who: str, world):
        everyone, self.parameters = world
        self.who, self.user, self.client = who, everyone[who], client
        client.raise_request_exception = False
        if who != "anonymous":
            client.force_login(self.user)
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        self.last = self.newest()

    @staticmethod
    def newest() -> int:
        """Return the number of the newest event."""
        return AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def ask(self, route: Route, method: str, query: str = ""):
        """Return the answer. Its writes are undone unless it is a refusal."""
        self.client.cookies.clear()
        self.client.cookies.load(self.cookies)
        asked = address(route, self.parameters)
        point = transaction.savepoint()
        answer = getattr(self.client, method)(asked + query)
        if answer.streaming:
            answer.getvalue()
        if shown(answer) in REFUSED:
            transaction.savepoint_commit(point)
        else:
            transaction.savepoint_rollback(point)
        return answer

    def faults(self, route: Route, method: str, wanted: str, query: str = "") -> list[str]:
        """
        Return how an answer, or what the audit has of it, differs from the table.

        query  asks for a file, "" for the page
        """
        answer = self.ask(route, method, query)
        told = f"{method} {route.name}{query} as {self.who}"
        found = []
        if shown(answer) != wanted:
            found.append(f"{told}: {shown(answer)}, not {wanted}")
        hides = rows.HIDDEN_TABLES.get(route.name, ()) if query else ()
        if answer.status_code in (401, 403) or (
            answer.status_code == 404 and route.name not in NOTHING_THERE and self.who not in hides
        ):
            found += self.unrecorded(answer, told)
        return found

    def unrecorded(self, answer, told: str) -> list[str]:
        """Return what is wrong with the events of a refusal: it has one, with all one must know."""
        events = list(AuditEvent.objects.filter(pk__gt=self.last))
        self.last = self.newest()
        if [(one.act, one.outcome) for one in events] != [("access-refused", "refused")]:
            return [f"{told}: refused with the events {events}"]
        [event] = events
        request = answer.wsgi_request
        same = (
            event.user_id == self.user.pk,
            event.after["method"] == request.method,
            event.after["address"].startswith(request.path),
            event.after["status"] == answer.status_code,
        )
        return [] if all(same) else [f"{told}: its event says {event.user}, {event.after}"]


def shown(answer) -> str:
    """Return an answer's status as the table has it."""
    leads = answer.get("Location", "") if answer.status_code == 302 else ""
    is_to_sign_in = leads.startswith(("/accounts/login/", "/admin/login/"))
    return "in" if is_to_sign_in else str(answer.status_code)


def wanted(route: Route, who: str, method: str) -> str:
    """Return what the tables say of a route."""
    column = 1 if method == "post" else 0
    if route.path.startswith(ADMIN):
        if who not in admin_rows.STAFF:
            return "in" if who == "anonymous" else "403"
        kind = admin_rows.KINDS[route.kind] if route.kind else {}
        row = kind.get(route.act) or admin_rows.PAGES[route.name]
        return row[column].split()[admin_rows.STAFF.index(who)]
    row = rows.ROWS[route.name][column]
    if method == "head" and route.name in rows.ONLY_GET:
        row = rows.WITHOUT_HEAD
    return row.split()[rows.PEOPLE.index(who)]


def walk(who: str, method: str) -> list[Route]:
    """Return the routes that one person asks for by one method."""
    if method == "head":
        return [one for one in PAGES if who in EVERY_HEAD or tells_apart(rows.ROWS[one.name][0])]
    if method == "get":
        return ROUTES if who in ("admin", "auditor") else PAGES + SAMPLE
    writing = [one for one in ROUTES if one.act in WRITING and one not in SAMPLE]
    return PAGES + SAMPLE + (writing if who in (*admin_rows.STAFF, "own") else [])


def tells_apart(row: str) -> bool:
    """Return whether what an address answers depends on who has signed in."""
    return len(set(row.split()[1:])) > 1


def everything() -> dict[str, list]:
    """Return what all tables hold, but for the audit and what counts requests."""
    return {
        model._meta.db_table: sorted(model._base_manager.values_list(), key=repr)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not UNCOUNTED.fullmatch(model._meta.db_table)
    }


@pytest.fixture
def visitor(client, _world, db):
    """Return a person's visitor, by column of the table."""
    return lambda who: Visitor(client, who, _world)


def test_every_address_has_a_row_and_every_row_an_address():
    named = {route.name for route in ROUTES if not route.kind}
    of_records = {(route.kind, route.act) for route in ROUTES if route.kind}

    assert named == set(rows.ROWS) | set(admin_rows.PAGES)
    assert of_records == {(kind, act) for kind, row in admin_rows.KINDS.items() for act in row}


@pytest.mark.parametrize(
    ("who", "method"), [(who, method) for method, people in ASKING.items() for who in people]
)
def test_each_address_answers_as_its_row_says(visitor, who, method):
    visitor, before = visitor(who), everything()

    found = [
        fault
        for route in walk(who, method)
        for fault in visitor.faults(route, method, wanted(route, who, method))
    ]

    assert found == []
    # What was not refused is undone.
    assert {table for table, held in everything().items() if held != before[table]} == set()


@pytest.mark.parametrize("who", FILES_FOR)
def test_a_file_is_for_whoever_reads_the_page(visitor, who):
    visitor = visitor(who)
    asked = [(name, f"?format={form}") for name in rows.API_LISTS for form in FORMS]
    for name, key in rows.DOWNLOADS.items():
        forms = FORMS if name in rows.ALL_FORMS else ("csv",)
        key = visitor.parameters.get(key, key)
        asked += [(name, f"?download={key}.{form}") for form in forms]
    of_name = {route.name: route for route in PAGES}

    found = []
    for name, query in asked:
        hides = query.startswith("?download") and who in rows.HIDDEN_TABLES.get(name, ())
        told = "404" if hides else wanted(of_name[name], who, "get")
        found += visitor.faults(of_name[name], "get", told, query)

    assert found == []


def test_every_page_with_files_has_its_key_in_the_table(visitor):
    visitor = visitor("official")
    offered = {
        route.name
        for route in PAGES
        if b"download=" in getattr(visitor.ask(route, "get"), "content", b"")
    }

    # The audit is not for officials.
    assert offered == set(rows.DOWNLOADS) - {"audit"}
