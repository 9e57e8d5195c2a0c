"""The table of issued papers."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.tables import Column, Link, Table, Typed


class IssuedPaperTable(Table):
    """One row for each issued Briefing or Assessment, the newest first."""

    title, css = gettext_lazy("Issued"), "data-table--names"

    number = Column(pgettext_lazy("of a paper", "Number"))
    as_of = Column(gettext_lazy("As known on"), "day")
    issued_at = Column(gettext_lazy("Issued"), "moment")
    issued_by = Column(pgettext_lazy("who issued", "By"))
    sha256 = Column("SHA-256")

    def render_number(self, value, record):
        return Link(value, record.get_absolute_url(), keeps=False)

    def render_issued_by(self, value):
        return value.get_full_name() or value.get_username()

    def render_sha256(self, value):
        return Typed(value, css="paper-hash", tag="code")
