"""Two roles on a real PostgreSQL: one owns the tables, the other serves and can do no harm."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests.submissions.fault_catalogue import forge
from tests.throwaway_postgres import postgres

ROOT = Path(__file__).resolve().parents[3]
# Signs in, uploads, answers what is asked, submits and accepts.
THE_WHOLE_WAY = """
import sys, django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from submissions.models import Submission
from submissions.review import explaining

def signed_in(name):
    client = Client(headers={"host": "127.0.0.1"})
    form = {"username": name, "password": "correct-horse-battery"}
    assert client.post("/accounts/login/", form).status_code == 302, name
    return client

jinan, reviewer = signed_in("jinan"), signed_in("reviewer")
file = SimpleUploadedFile("2024Q4.xlsx", open(sys.argv[1], "rb").read())
answer = jinan.post("/submissions/new/", {"file": file, "period": "2024Q4"})
submission = Submission.objects.get()
for finding in submission.findings.unanswered():
    explaining.explain(finding, text="已与企业核对合同台账", by=submission.uploaded_by)
for client, act in ((jinan, "submit"), (reviewer, "accept")):
    answer = client.post(f"/submissions/{submission.pk}/{act}/", follow=True)
print(Submission.objects.get().status)
"""


class Roles:
    """A cluster with the two roles, and the commands run on its databases."""

    def __init__(self, url, folder):
        self.url, self.folder = url, folder
        with psycopg.connect(url, autocommit=True) as cluster:
            cluster.execute("CREATE ROLE owner LOGIN")
            cluster.execute("CREATE ROLE web LOGIN")

    def make_database(self, name):
        """Make an empty database of the owner."""
        with psycopg.connect(self.url, autocommit=True) as cluster:
            cluster.execute(f"CREATE DATABASE {name} OWNER owner")

    def of(self, role, database="served"):
        """The address of a database for a role."""
        return self.url.replace("tests@", f"{role}@").replace("/postgres?", f"/{database}?")

    def run(self, *command, database="served", code=0, given="", **environment):
        """Run a command of ours, or a program, as it is deployed; return what it says."""
        settings = {
            "DATABASE_URL": self.of("web", database),
            "DATABASE_OWNER_URL": self.of("owner", database),
            "DATA_DIR": str(self.folder),
            "SECRET_KEY": "of this test alone",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        ended = subprocess.run(
            [sys.executable, *map(str, command)],
            env=os.environ | settings | environment,
            cwd=ROOT,
            input=given,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        assert ended.returncode == code, ended.stdout + ended.stderr
        return ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def roles(tmp_path_factory):
    """A database that is set up, with a bureau's account and a reviewer's."""
    with postgres() as url:
        made = Roles(url, tmp_path_factory.mktemp("roles"))
        made.make_database("served")
        made.run("manage.py", "setup", "--no-static")
        for name, role, *city in (("jinan", "bureau", "--city", "jinan"), ("reviewer", "reviewer")):
            arguments = ["add_user", name, "--role", role, *city, "--password-stdin"]
            made.run(
                "manage.py", *arguments, given="correct-horse-battery\n", DATABASE_OWNER_URL=""
            )
        yield made


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE submissions_submission ADD COLUMN more text",
        "DROP TABLE submissions_submission",
        "TRUNCATE submissions_finding CASCADE",
        "ALTER TABLE submissions_original DISABLE TRIGGER ALL",
        "DROP TRIGGER submissions_original_no_update ON submissions_original",
        "CREATE TABLE mine (id int)",
        "CREATE TRIGGER mine BEFORE UPDATE ON clusters_city EXECUTE FUNCTION lower()",
        "UPDATE submissions_original SET size = 1",
        "DELETE FROM submissions_original",
        "DELETE FROM indicators_briefing",
        "UPDATE enterprises_enterprisereturn SET revenue = 1",
        "UPDATE submissions_submission SET filename = 'other.xlsx'",
        "DELETE FROM clusters_publication",
        "TRUNCATE audit_auditevent",
        "DELETE FROM django_migrations",
        "SET session_replication_role = replica",
        "SET ROLE owner",
    ],
)
def test_who_serves_cannot(roles, statement):
    with psycopg.connect(roles.of("web")) as web, pytest.raises(InsufficientPrivilege):
        web.execute(statement)


def test_who_serves_can_do_the_whole_work(roles, tmp_path):
    firms = [forge.enterprise(n, park=None, remark="本季度新增企业") for n in (1, 2, 3)]
    file = forge.saved(forge.workbook(enterprises=firms, period="2024Q4"), tmp_path)

    assert roles.run("-c", THE_WHOLE_WAY, file, DATABASE_OWNER_URL="") == "accepted\n"

    backup = tmp_path / "backup.zip"
    roles.run("manage.py", "backup", backup, DATABASE_OWNER_URL="")
    roles.run("manage.py", "verify", DATABASE_OWNER_URL="")
    roles.make_database("restored")
    roles.run("manage.py", "restore", backup, database="restored")
    found = roles.run("manage.py", "verify", "--json", database="restored", DATABASE_OWNER_URL="")
    assert json.loads(found.splitlines()[-1])["faults"] == []
    with psycopg.connect(roles.of("web", "restored")) as web:
        assert web.execute("SELECT count(*) FROM submissions_original").fetchone() == (1,)
        with pytest.raises(InsufficientPrivilege):
            web.execute("DELETE FROM submissions_original")


def test_a_new_table_is_granted_by_the_next_set_up(roles):
    with psycopg.connect(roles.of("owner"), autocommit=True) as owner:
        owner.execute("CREATE TABLE later (id int)")
    with psycopg.connect(roles.of("web")) as web, pytest.raises(InsufficientPrivilege):
        web.execute("SELECT * FROM later")

    roles.run("manage.py", "setup", "--no-static")

    with psycopg.connect(roles.of("web")) as web:
        web.execute("INSERT INTO later VALUES (1)")
        web.rollback()
    with psycopg.connect(roles.of("owner"), autocommit=True) as owner:
        owner.execute("DROP TABLE later")


def test_without_the_owner_set_up_says_what_is_missing(roles):
    roles.make_database("empty")
    said = roles.run(
        *("manage.py", "setup", "--no-static"), database="empty", code=1, DATABASE_OWNER_URL=""
    )
    assert "DATABASE_OWNER_URL" in said
    assert "Traceback" not in said


def test_a_serving_role_that_owns_tables_is_refused_in_words(roles):
    with psycopg.connect(roles.url, autocommit=True) as cluster:
        cluster.execute("GRANT owner TO web")
    said = roles.run("manage.py", "setup", "--no-static", code=1)
    with psycopg.connect(roles.url, autocommit=True) as cluster:
        cluster.execute("REVOKE owner FROM web")

    assert "REASSIGN OWNED BY" in said
