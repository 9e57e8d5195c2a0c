"""The table of the audit trail."""

import re
from urllib.parse import unquote

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.acts import Act
from audit.models import ActOutcome, AuditEvent, Channel
from foundation.formatting import moment
from foundation.tables import Column, Link, Parts, Table, Typed

# Rows of the file on the page; the command writes all.
MOST_IN_FILE = 50_000
# A moment as JSON has it.
A_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:")
# Keys of before and after that are no field of a record.
WORDS = {
    "address": gettext_lazy("address"),
    "bytes": gettext_lazy("bytes"),
    "command": gettext_lazy("command"),
    "file": gettext_lazy("file"),
    "filename": gettext_lazy("file"),
    "filter": gettext_lazy("filter"),
    "rows": gettext_lazy("rows"),
    "status": gettext_lazy("status"),
    "version": gettext_lazy("version"),
    "cell": gettext_lazy("cell"),
    "sheet": gettext_lazy("sheet"),
    "text": gettext_lazy("text"),
    "city": gettext_lazy("city"),
    "period": gettext_lazy("period"),
    "about": gettext_lazy("about"),
    "method": gettext_lazy("request method"),
}


class AuditTable(Table):
    """One row for each event, the newest first. role_names: the roles' names by their keys."""

    key, title = "audit", gettext_lazy("Audit trail")
    css = "data-table--audit"
    has_row_headings = False

    at = Column(gettext_lazy("When"), "moment", css="nowrap")
    username = Column(gettext_lazy("Who"))
    act = Column(gettext_lazy("Act"), css="act")
    object_name = Column(gettext_lazy("Object"), css="object")
    what = Column(gettext_lazy("Before → after"), accessor="after", css="what")
    why = Column(gettext_lazy("Reason"), css="why")
    address = Column(gettext_lazy("Address"), default="")
    request_number = Column(gettext_lazy("Request number"), default="")

    class Meta:
        sequence = ("at", "username", "act", "object_name", "what", "why", "address", "...")

    def __init__(self, shown, *, every=None, role_names=None, **own):
        super().__init__(shown, **own)
        self.every, self.role_names = every, role_names or {}

    def every_record(self):
        """Return the newest events of the filter, without holding them all at once."""
        return self.every[:MOST_IN_FILE].iterator(chunk_size=2000)

    def render_username(self, record):
        roles = [str(self.role_names.get(one, one)) for one in record.roles.split(",") if one]
        way = record.get_channel_display()
        mark = {Channel.PAGE: "", Channel.COMMAND: Typed(way, tag="strong")}
        return Parts(
            (record.username or "–", "、".join(roles), mark.get(record.channel, way)), "\n"
        )

    def render_act(self, record):
        # A refused access says so by its name.
        refused = record.outcome == ActOutcome.REFUSED and record.act != Act.ACCESS_REFUSED
        word = Typed(record.get_outcome_display(), tag="strong") if refused else ""
        return Parts((record.get_act_display(), word), "\n")

    def render_object_name(self, record):
        if not record.object_type:
            return ""
        asked = f"{record.object_type}:{record.object_id}"
        name = Link(record.object_name, f"{reverse('audit')}?object={asked}", keeps=False)
        return Parts((kind_name(record), name), "\n")

    def render_what(self, record):
        return Parts(changes(record), "\n")


def model_of(event: AuditEvent) -> type[models.Model] | None:
    """Return the model of an event's object; None where there is none any more."""
    try:
        return apps.get_model(event.object_type)
    except (LookupError, ValueError):
        return None


def kind_name(event: AuditEvent) -> str:
    """Return the name of the kind of object."""
    model = model_of(event)
    return str(model._meta.verbose_name) if model else event.object_type


def changes(event: AuditEvent) -> list[str]:
    """Return a line for each field: as it was → as it is, or as it is where it was nothing."""
    before, after = as_dict(event.before), as_dict(event.after)
    lines = []
    for key in before | after:
        field = field_of(event, key)
        name = WORDS.get(key) or getattr(field, "verbose_name", key)
        # What there is only now, or was only then, stands by itself.
        sides = [shown(one[key], field, key) for one in (before, after) if key in one]
        lines.append(f"{name}: {' → '.join(sides)}")
    return lines


def as_dict(value) -> dict:
    """Return before or after by field; one value without a name stands under an empty one."""
    return value if isinstance(value, dict) else {} if value is None else {"": value}


def field_of(event: AuditEvent, key: str) -> models.Field | None:
    """Return the field of the object that a key of before and after names; None for others."""
    model = model_of(event)
    try:
        return model._meta.get_field(key) if model else None
    except FieldDoesNotExist:
        return None


def shown(value, field: models.Field | None = None, key: str = "") -> str:
    """Return a value in words: of choices their label, of an address its readable form."""
    choices = dict(getattr(field, "flatchoices", None) or ())
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "、".join(shown(one) for one in value)
    if isinstance(value, dict):
        return "，".join(f"{name}: {shown(one)}" for name, one in value.items())
    if isinstance(value, str) and A_MOMENT.match(value) and (at := parse_datetime(value)):
        return moment(at)
    if key == "address":
        return unquote(str(value))
    return str(choices.get(value, value))
