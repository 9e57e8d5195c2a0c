"""
The style sheets of all components as one file, css/components.css.

Each component keeps a file of its own (static/css/components); a page loads one file instead
of thirty. There is no build step: the finder writes the file when collectstatic or the development
server looks for it.
"""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

COMPONENTS = settings.BASE_DIR / "static/css/components"
JOINED = "css/components.css"


class JoinedStyles(BaseFinder):
    """Static-files finder of the joined file, written anew when a component has changed."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(settings.DATA_DIR / "joined")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        """Return no errors: there is nothing to configure."""
        return []

    def find(self, path, find_all=False, **kwargs):
        """Return the path of the joined file; [] for any other."""
        if path != JOINED:
            return []
        found = str(self.write())
        return [found] if find_all else found

    def list(self, ignore_patterns):
        """Yield the file and its storage, for collectstatic."""
        self.write()
        yield JOINED, self.storage

    def write(self) -> Path:
        """Write the joined file if its content has changed; return its path."""
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
