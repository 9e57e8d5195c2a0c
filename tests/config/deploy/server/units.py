"""Our units of systemd, with this machine's folders in place of those of a deployment."""

import re
import shlex
import sys
from pathlib import Path

from tests.config.deploy.server.serving import ROOT

UNITS = sorted((ROOT / "config/deploy/server/systemd").iterdir())


def here(text: str, state: Path) -> str:
    """Return a unit's text with our folders: program, Python and state."""
    text = text.replace("/opt/tracker-311/.venv/bin/python", sys.executable)
    return text.replace("/opt/tracker-311", str(ROOT)).replace("/var/lib/tracker-311", str(state))


def commands(name: str, state: Path) -> list[list[str]]:
    """Return what a unit runs, in order, as systemd splits it."""
    text = (ROOT / "config/deploy/server/systemd" / name).read_text()
    lines = re.findall(r"^Exec\w+=(.*)$", here(text, state), re.MULTILINE)
    return [shlex.split(line.replace("%%", "%")) for line in lines]
