"""The operator manual's blocks of commands, in order, by chapter."""

import re
from pathlib import Path
from typing import NamedTuple

MANUAL = Path("config/deploy/manual")
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its chapter's number, sh if it is followed, its commands."""

    chapter: int
    kind: str
    commands: str


def blocks(text: str) -> list[Block]:
    """Return the blocks of a manual. Chapters begin with ## and their number."""
    found = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        number = int(part.split()[0])
        found += [Block(number, kind, commands) for kind, commands in FENCED.findall(part)]
    return found
