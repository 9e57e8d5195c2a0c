"""`python -m tests.walker write FILE` and `python -m tests.walker compare OLD NEW`."""

import argparse
import logging
import os
import sys
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

# When the demonstration's newest quarter had been decided; a page that says how long ago says
# the same in every walk.
NOW = "2026-02-01T09:00:00+08:00"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 nothing differs, 1 something does, 2 there is no demonstration."""
    parser = argparse.ArgumentParser(prog="python -m tests.walker", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    write = acts.add_parser("write", help="walk the demonstration in DATA_DIR or DATABASE_URL")
    write.add_argument("file", type=Path)
    write.add_argument("--now", default=NOW, help="the moment at which the pages are looked at")
    write.add_argument("--roles", nargs="*", help="only these of surfaces.READERS")
    compare = acts.add_parser("compare", help="list what differs between two walks")
    compare.add_argument("old", type=Path)
    compare.add_argument("new", type=Path)
    asked = parser.parse_args(arguments)
    if asked.act == "write":
        return _write(asked.file, datetime.fromisoformat(asked.now), asked.roles)
    return _compare(asked.old.read_text("utf-8"), asked.new.read_text("utf-8"))


def _write(file: Path, now: datetime, roles: list[str] | None) -> int:
    with ready():
        import time_machine
        from django.contrib.auth import get_user_model

        from tests.walker.snapshots import everything, written
        from tests.walker.surfaces import READERS

        if not get_user_model().objects.filter(username="official").exists():
            print("This database holds no demonstration: manage.py load_demo", file=sys.stderr)
            return 2
        began = time.monotonic()
        with time_machine.travel(now, tick=False):
            text = written(everything(roles or READERS))
        file.write_text(text, "utf-8")
        blocks = text.count("\n# ") + text.startswith("# ")
        print(f"{file}: {blocks} blocks, {time.monotonic() - began:.0f} s")
    return 0


@contextmanager
def ready():
    """Set Django up; what the walk writes (sign-ins) is taken back at the end."""
    os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parents[2] / "var"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.db import transaction
    from django.test import override_settings

    logging.disable(logging.ERROR)
    with override_settings(ALLOWED_HOSTS=["testserver"]), transaction.atomic():
        yield
        transaction.set_rollback(True)


def _compare(old: str, new: str) -> int:
    from tests.walker.comparing import compared

    differences = compared(old, new)
    for one in differences:
        print(one, end="\n\n")
    print(f"{len(differences)} differences" if differences else "Nothing differs.")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
