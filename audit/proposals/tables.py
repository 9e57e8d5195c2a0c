"""The tables of proposals and of what one of them changes."""

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.models import ProposedAct, ProposedChange
from foundation.tables import Column, Link, Table


def kind_of(proposal: ProposedChange) -> str:
    """Return what kind of object a proposal is of, in the words of the interface."""
    if proposal.act == ProposedAct.PASSWORD_LINK:
        return str(_("link to set a password"))
    return str(apps.get_model(proposal.object_type)._meta.verbose_name)


class ProposalsTable(Table):
    """Proposals: one a row."""

    what = Column(_("What"), accessor="object_name")
    kind = Column(_("Kind"), accessor="pk")
    reason = Column(_("Reason"))
    proposed_by = Column(_("Proposed by"))
    proposed_at = Column(_("When"), "moment")
    decided = Column(_("Decision"), accessor="pk")

    def render_what(self, record):
        """Return the name, which leads to the proposal."""
        return Link(
            record.object_name, reverse("proposals:proposal", args=[record.pk]), keeps=False
        )

    def render_kind(self, record):
        """Return the kind of object, and whether it is new."""
        return kind_of(record) if record.object_id else f"{kind_of(record)} ({_('new')})"

    def render_decided(self, record):
        """Return who confirmed or rejected it; that it waits."""
        if record.confirmed_by:
            return _("confirmed by %(name)s") % {"name": record.confirmed_by}
        if record.rejected_by:
            return _("rejected by %(name)s") % {"name": record.rejected_by}
        return _("waits for a second person")


class DifferencesTable(Table):
    """What a proposal changes: one field a row."""

    label = Column(_("Field"))
    before = Column(_("Before"))
    after = Column(_("After"))

    def render_label(self, record):
        """Return the field's name, after that of the part it belongs to."""
        return f"{record.part}: {record.label}" if record.part else str(record.label)
