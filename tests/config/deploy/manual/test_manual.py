"""The operator manual, followed command by command on a machine where nothing is installed."""

import json
import re
import urllib.error

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.config.deploy.manual.blocks import MANUAL, blocks
from tests.config.deploy.manual.machine import fresh_machine
from tests.config.deploy.manual.people import PASSWORD, PERIOD, Person
from tests.config.deploy.server.serving import ROOT
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness.production import wait_for

FOLLOWED = [block for block in blocks((ROOT / MANUAL / "zh.md").read_text()) if block.kind == "sh"]
START, BACKUP, UPGRADE = 3, 4, 5


def follow(machine, chapters):
    """Run the blocks of some chapters in order; return what they said."""
    return "".join(machine.run(block.commands) for block in FOLLOWED if block.chapter in chapters)


def signed_in(machine, said, name):
    """Return somebody who has changed the one-time password that add_user printed."""
    one_time = re.search(rf"{name}.*\n.*?(\w{{4}}(?:-\w{{4}}){{3}})", said)[1]
    person = Person(machine.port)
    person.sign_in(name, one_time)
    return person


def hand_in_and_accept(bureau, reviewer):
    """A bureau's workbook the whole way: uploaded, checked by a worker, answered, accepted."""
    firms = [forge.enterprise(n, park=None) for n in (1, 2, 3)]
    content = forge.workbook(enterprises=firms, period=PERIOD)
    path = bureau.upload(SimpleUploadedFile("济南.xlsx", content))
    wait_for(lambda: 'name="text-' in bureau.page(path))
    assert bureau.answer_everything(path, "本季度首次纳入统计，已与合同台账核对") > 0
    reviewer.page(path)
    reviewer.post(f"{path}accept/")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A machine on which the manual was followed to the end of chapter 3, and what that said."""
    with fresh_machine(tmp_path_factory.mktemp("machine")) as machine:
        yield machine, follow(machine, range(1, START + 1))


@pytest.fixture(scope="module")
def machine(installed):
    return installed[0]


@pytest.fixture(scope="module")
def people(installed):
    """The bureau, the reviewer and the official, each with a password of their own."""
    assert '"status": "ok"' in installed[1]
    return [signed_in(*installed, name) for name in ("jinan", "li", "zhang")]


def test_every_command_of_the_manual_works_and_a_restore_changes_no_answer(machine, people):
    bureau, reviewer, official = people
    hand_in_and_accept(bureau, reviewer)

    before = official.all_answers()
    [submission] = before["submissions"]["results"]
    assert submission["status"] == "accepted"
    assert before["enterprises"]["count"] == 3
    said = follow(machine, [BACKUP])
    assert '{"status": "ok", "degraded": []}' in said
    assert official.all_answers() == before

    said = follow(machine, range(UPGRADE, 100))
    assert official.all_answers() == before
    verified = json.loads(said.strip().splitlines()[-1])
    assert verified["faults"] == []


# What the table of faults says is seen, and what it says helps.
SITE = "https://311.example.gov.cn"


def answer(machine, path="/readyz", *options):
    """Return status and body of an answer through nginx."""
    asked = f"curl -ks -w '\\n%{{http_code}}' {' '.join(options)} {SITE}{path}"
    body, _newline, status = machine.run(asked).rpartition("\n")
    return int(status), body


def test_a_web_server_that_does_not_run_is_a_502_and_its_start_mends_it(machine):
    machine.run("systemctl stop tracker-web")
    status, page = answer(machine)
    machine.run("systemctl start tracker-web")

    assert (status, "</html>" in page) == (502, True)
    assert answer(machine)[0] == 200


def test_another_name_than_the_sites_is_a_400(machine):
    assert answer(machine, "/healthz", "-H 'Host: other.example.gov.cn'")[0] == 200
    assert answer(machine, "/accounts/login/", "-H 'Host: other.example.gov.cn'")[0] == 400


def test_a_wrong_password_of_the_database_is_in_the_log_and_mended_in_the_settings(machine):
    env = machine.folder / "etc/tracker-311/env"
    right = env.read_text()
    wrong = re.sub("://tracker:[0-9a-f]+@", "://tracker:wrong@", right)
    assert wrong != right

    env.write_text(wrong)
    machine.run("systemctl restart tracker-web tracker-worker@1")
    assert answer(machine) == (503, '{"status": "unavailable", "database": "unreachable"}')
    assert answer(machine, "/", "-b __Host-sessionid=anything")[0] == 503
    assert "password authentication failed" in machine.log()

    env.write_text(right)
    machine.run("systemctl restart tracker-web tracker-worker@1")
    assert answer(machine)[0] == 200


def test_a_lost_key_is_said_and_a_new_one_asks_everybody_to_sign_in(machine):
    env = machine.folder / "etc/tracker-311/env"
    kept = env.read_text()
    env.write_text(re.sub("SECRET_KEY=.*", "SECRET_KEY=", kept))
    with pytest.raises(AssertionError, match="SECRET_KEY is not set"):
        machine.run("tracker-311 check")
    env.write_text(re.sub("SECRET_KEY=.*", "SECRET_KEY=another", kept))
    assert machine.run("tracker-311 verify --originals")
    env.write_text(kept)


def test_a_locked_account_is_unlocked_by_the_command(machine, people):
    person = Person(machine.port)
    person.page("/accounts/login/")

    def sign_in(password):
        try:
            return person.post("/accounts/login/", username="li", password=password)[0]
        except urllib.error.HTTPError as refused:
            return refused.code

    codes = [sign_in("wrong") for _n in range(5)]
    assert sign_in(PASSWORD) == codes[-1] == 429
    machine.run("tracker-311 axes_reset_username li")
    assert sign_in(PASSWORD) not in (429, 422)
