"""The operator manual, followed command by command on a machine where nothing is installed."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.config.deploy.manual.blocks import MANUAL, blocks
from tests.config.deploy.manual.machine import fresh_machine
from tests.config.deploy.manual.people import PERIOD, Person
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
def machine(tmp_path_factory):
    with fresh_machine(tmp_path_factory.mktemp("machine")) as machine:
        yield machine


def test_every_command_of_the_manual_works_and_a_restore_changes_no_answer(machine):
    said = follow(machine, range(1, START + 1))
    assert '"status": "ok"' in said
    bureau, reviewer, official = (signed_in(machine, said, n) for n in ("jinan", "li", "zhang"))

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
