"""A described layout becomes a version of a name, by a person's yes."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.recording import record
from submissions.models import Layout
from submissions.refused import Refused
from submissions.workbook.foreign.fingerprint import fingerprint
from submissions.workbook.foreign.layout_spec import LayoutSpec

LONGEST_NAME = 80


@transaction.atomic
def confirm(spec: LayoutSpec, name: str, *, by) -> Layout:
    """
    Return the layout of that name: its newest version if that says the same, or a new one.

    Raises Refused without a name.
    """
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise Refused(_("Give the layout a name, by which others will know it."))
    versions = Layout.objects.select_for_update().filter(name=name)
    newest = versions.order_by("-version").first()
    if newest and newest.spec == spec.as_json():
        return newest
    highest = versions.aggregate(highest=Max("version"))["highest"] or 0
    layout = Layout.objects.create(
        name=name,
        version=highest + 1,
        fingerprint=fingerprint(spec),
        spec=spec.as_json(),
        confirmed_by=by,
    )
    after = {"name": name, "version": layout.version, "fingerprint": layout.fingerprint}
    record(Act.LAYOUT_CONFIRMED, layout, by=by, after=after)
    return layout
