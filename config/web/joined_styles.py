"""
The style sheets of all components as one file, css/components.css.

Each component keeps a file of its own (static/css/components); a page asks for one instead of
thirty, which over a slow line is the difference between reading and waiting. Nothing has to be
built: whoever looks for static files, collectstatic or a server of development, finds it made.
"""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

COMPONENTS = settings.BASE_DIR / "static/css/components"
JOINED = "css/components.css"


class JoinedStyles(BaseFinder):
    """Finds the one file, as the components' files are now."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(settings.DATA_DIR / "joined")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        """Return no complaint: there is nothing to set."""
        return []

    def find(self, path, find_all=False, **kwargs):
        """Return where the file lies; nothing for any other."""
        if path != JOINED:
            return []
        found = str(self.write())
        return [found] if find_all else found

    def list(self, ignore_patterns):
        """Yield the file and the storage it lies in, for collectstatic."""
        self.write()
        yield JOINED, self.storage

    def write(self) -> Path:
        """Join the files in the order of their names, unless that is what is there."""
        there, now = Path(self.storage.path(JOINED)), joined()
        if not there.exists() or there.read_text() != now:
            there.parent.mkdir(parents=True, exist_ok=True)
            part = there.with_suffix(".part")
            part.write_text(now)
            part.replace(there)
        return there


def joined() -> str:
    """Return the text of all components' style sheets."""
    return "\n".join(path.read_text() for path in sorted(COMPONENTS.glob("*.css")))
