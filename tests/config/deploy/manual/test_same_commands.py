"""Both manuals have the same commands in the same order, and say where each can be found."""

import re

from tests.config.deploy.manual.blocks import MANUAL, Block, blocks
from tests.config.deploy.server.serving import ROOT

CHINESE, ENGLISH = ((ROOT / MANUAL / f"{name}.md").read_text() for name in ("zh", "en"))


def test_both_manuals_have_the_same_blocks_in_the_same_order():
    assert len(blocks(CHINESE)) > 20
    # What a person fills in is named in the manual's own language.
    filled_in = {"换成口令": "A-PASSWORD", "口令": "A-PASSWORD", "账号": "NAME"}
    text = CHINESE
    for chinese, english in filled_in.items():
        text = re.sub(f"{chinese}(?=[';@ \n])", english, text)
    assert blocks(text) == blocks(ENGLISH)


def test_both_have_the_same_rows_in_their_tables():
    def widths(text):
        return [line.count("|") for line in text.splitlines() if line.startswith("|")]

    assert widths(CHINESE) == widths(ENGLISH)


def test_a_block_knows_its_chapter_and_whether_it_is_followed():
    text = "# M\n\n## 1 A\n\n```sh\none\n```\n\n## 2 B\n\n```text\ntwo\n```\n"
    assert blocks(text) == [Block(1, "sh", "one\n"), Block(2, "text", "two\n")]
