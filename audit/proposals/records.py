"""
Records as a proposal keeps them: written as Django's serializer does, shown, and put in force.

A record is a dict of model, pk (None of what is new) and fields. The object comes first, then its
parts: the records of its admin page's tables.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Record = dict[str, Any]
NOTHING = "–"
_NAMES: dict[str, Callable[[Any], str | Promise]] = {}
_CALLED: dict[str, str | Promise] = {}


@dataclass(frozen=True)
class FieldDifference:
    """What differs of one record: its name, "" of the object itself; label, value before, after."""

    part: str
    label: str | Promise
    before: str
    after: str


def register_name(
    label: str, name_of: Callable[[Any], str | Promise], called: str | Promise
) -> None:
    """Let objects of a model, and fields that lead to it, be shown by other names."""
    _NAMES[label], _CALLED[label] = name_of, called


def as_record(
    instance: models.Model, names: Iterable[str], many: Mapping[str, list[int]] | None = None
) -> Record:
    """Return an instance with these fields; many has the keys of its fields to many."""
    many = many or {}
    single = [name for name in names if name not in many]
    [record] = serializers.serialize("python", [instance], fields=single)
    record["fields"] |= {name: sorted(keys) for name, keys in many.items()}
    # As it comes back from the database: both are compared.
    return json.loads(json.dumps(record, cls=DjangoJSONEncoder))


def stored_record(instance: models.Model, names: Iterable[str]) -> Record:
    """Return what is stored of an instance: these fields."""
    names = list(names)
    stored = type(instance)._base_manager.get(pk=instance.pk)
    to_many = {field.name for field in instance._meta.many_to_many}
    many = {
        name: list(getattr(stored, name).values_list("pk", flat=True))
        for name in names
        if name in to_many
    }
    return as_record(stored, names, many)


def field_names(model: type[models.Model]) -> list[str]:
    """Return the names of a part's fields, without its key."""
    return [field.name for field in model._meta.fields if not field.primary_key]


def model_of(record: Record) -> type[models.Model]:
    """Return the model of a record."""
    return apps.get_model(record["model"])


def is_same(before: list[Record], after: list[Record]) -> bool:
    """Return whether two states are the same, whatever the notation of their values."""
    return len(before) == len(after) and all(
        (one["model"], one["pk"]) == (other["model"], other["pk"])
        and not any(_differing(one, other))
        for one, other in zip(before, after, strict=True)
    )


def differing_names(before: list[Record], after: list[Record]) -> set[str]:
    """Return the names of the object's fields that differ; with "" if its parts do."""
    names = set(_differing(before[0] if before else None, after[0]))
    return names | ({""} if not is_same(before[1:], after[1:]) else set())


def differences(before: list[Record], after: list[Record]) -> Iterator[FieldDifference]:
    """Yield every field that differs, the object's first, in the words of the interface."""
    stood = {(one["model"], one["pk"]): one for one in before}
    for number, record in enumerate(after):
        was = stood.pop((record["model"], record["pk"]), None)
        yield from _of_one(was, record, number == 0)
    for record in stood.values():
        yield from _of_one(record, None, is_object=False)


def _of_one(
    was: Record | None, record: Record | None, is_object: bool
) -> Iterator[FieldDifference]:
    some = record or was
    model = model_of(some)
    parent = {} if is_object else {f.name for f in model._meta.fields if f.is_relation}
    part = "" if is_object else str(model._meta.verbose_name)
    for name in _differing(was, record):
        if name in parent and (was is None or record is None) and len(some["fields"]) > 2:
            continue
        old, new = (_shown(model, name, one) for one in (was, record))
        yield FieldDifference(part, _label(model._meta.get_field(name)), old, new)


def _label(field: Any) -> str | Promise:
    """Return what a field is called."""
    leads_to = field.related_model._meta.label_lower if field.is_relation else ""
    return _CALLED.get(leads_to, field.verbose_name)


def _differing(was: Record | None, record: Record | None) -> Iterator[str]:
    some = record or was
    model = model_of(some)
    for name in some["fields"]:
        if _value(model, name, was) != _value(model, name, record):
            yield name


def _value(model: type[models.Model], name: str, record: Record | None) -> Any:
    """Return a field's value as Python has it; None of a record that is not there, and of blank."""
    given = record["fields"].get(name) if record else None
    if given in (None, "", []):
        return None
    field = model._meta.get_field(name)
    return given if field.many_to_many else field.to_python(given)


def _shown(model: type[models.Model], name: str, record: Record | None) -> str:
    """Return a field's value for the reader."""
    value = _value(model, name, record)
    field = model._meta.get_field(name)
    if value is None:
        return NOTHING
    if field.is_relation:
        keys = value if isinstance(value, list) else [value]
        found = field.related_model._base_manager.in_bulk(keys)
        name_of = _NAMES.get(field.related_model._meta.label_lower, str)
        return "、".join(str(name_of(found[key])) if key in found else str(key) for key in keys)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DecimalField):
        return f"{value.normalize():f}"
    return localize(value) if isinstance(value, date) else str(value)


def put_in_force(before: list[Record], after: list[Record], *, by, reason: str) -> models.Model:
    """
    Store a state in the place of another; return the object.

    Every record gets the same moment, person and reason in its history. Raises ValidationError.
    """
    marks = {
        "_history_user": by,
        "_history_date": timezone.now(),
        "_change_reason": reason,
    }
    kept = {(one["model"], one["pk"]) for one in after}
    for record in before:
        if (record["model"], record["pk"]) not in kept:
            _marked(model_of(record)._base_manager.get(pk=record["pk"]), marks).delete()
    first: models.Model | None = None
    for record in after:
        instance = _marked(filled(record, first), marks)
        others = [f.name for f in instance._meta.fields if f.name not in record["fields"]]
        instance.full_clean(exclude=others)
        instance.save()
        for name in {field.name for field in instance._meta.many_to_many} & record["fields"].keys():
            getattr(instance, name).set(record["fields"][name])
        first = first or instance
    assert first is not None
    return first


def filled(record: Record, parent: models.Model | None = None) -> models.Model:
    """Return the stored instance of a record, or a new one, with its fields set; unsaved."""
    model = model_of(record)
    instance = model._base_manager.get(pk=record["pk"]) if record["pk"] else model()
    for name, given in record["fields"].items():
        field = model._meta.get_field(name)
        if field.many_to_many:
            continue
        if given is None and parent is not None and field.related_model is type(parent):
            setattr(instance, name, parent)
        else:
            setattr(instance, field.attname, field.to_python(given))
    return instance


def _marked(instance: models.Model, marks: Mapping[str, Any]) -> models.Model:
    for name, value in marks.items():
        setattr(instance, name, value)
    return instance
