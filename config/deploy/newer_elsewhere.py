"""What a restored state lacks: newer backups beside it, and the last moments that it knows."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.models import Publication
from config.deploy.backup_file import MANIFEST, Manifest
from foundation.formatting import moment
from indicators.models import Assessment, Briefing
from submissions.models import Submission

# What is counted of a newer backup, and what it is called.
COUNTED = {
    "submissions_submission": gettext_lazy("workbooks received"),
    "clusters_publication": gettext_lazy("acceptances"),
    "indicators_briefing": gettext_lazy("briefings issued"),
    "indicators_assessment": gettext_lazy("assessments issued"),
}


def newer_backups(path: Path, restored: Manifest) -> Iterator[tuple[Path, Manifest]]:
    """Yield the backups in the same folder that were made later, the newest first."""
    found = []
    for other in path.resolve().parent.glob("*.zip"):
        try:
            with zipfile.ZipFile(other) as archive:
                manifest = Manifest(**json.loads(archive.read(MANIFEST)))
        except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError):
            continue
        if made_at(manifest) > made_at(restored):
            found.append((other, manifest))
    yield from sorted(found, key=lambda one: made_at(one[1]), reverse=True)


def made_at(manifest: Manifest):
    """Return when a backup was made."""
    return parse_datetime(manifest.made_at)


def more_in(newer: Manifest, restored: Manifest) -> str:
    """Return in words what a newer backup holds more of; "" if nothing that is counted."""
    more = {
        words: newer.counts.get(table, 0) - restored.counts.get(table, 0)
        for table, words in COUNTED.items()
    }
    return ", ".join(f"{words} +{number}" for words, number in more.items() if number > 0)


def last_events() -> Iterator[tuple[str, str]]:
    """Yield what the database knows last of each kind, with its moment; nothing it has none of."""
    newest = {
        _("last workbook received"): newest_of(Submission, "uploaded_at"),
        _("last acceptance"): newest_of(Publication, "published_at"),
        _("last briefing issued"): newest_of(Briefing, "issued_at"),
        _("last assessment issued"): newest_of(Assessment, "issued_at"),
    }
    return ((words, moment(at)) for words, at in newest.items() if at)


def newest_of(model, field: str):
    """Return the latest moment in a field; None without a row."""
    return model.objects.order_by(f"-{field}").values_list(field, flat=True).first()
