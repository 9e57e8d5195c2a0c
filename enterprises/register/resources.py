"""
Import and export of the register: what a row of the file means and changes.

django-import-export previews the rows, and writes all or none. Nothing is guessed: a refused row
comes with its number and the reasons.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.results import Result, RowResult
from simple_history.utils import bulk_create_with_history
from tablib import Dataset

from clusters.models import City
from enterprises.credit_code import CodeFault, fold, problem
from enterprises.models import Enterprise, FormerName, IndustryField
from enterprises.register.reading import register_file
from enterprises.register.reading.reading_sandbox import ROW_NUMBER, RegisterStep
from enterprises.register.renaming import former_name
from parks.models import Park

# As written in the file, whatever the reader's language.
STATUS_WORDS = {"confirmed": "已确认", "pending": "待核实", "closed": "已关闭"}
# A blank leaves the register as it is; one of these empties an optional value.
NOTHING = {"—", "-", "/", "无"}
# Rows with the same code that a refusal names.
NAMED = 10
# What an import may change of an enterprise.
COMPARED = ["name", "city", "park", "field", "status", "is_demonstration"]
# Rows that one statement writes.
BATCH = 1_000
# Rows between two reports of progress.
REPORTED = 100


class CreditCode(widgets.Widget):
    """A code as text, with its check character."""

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, int | float) or "e+" in str(value).lower():
            raise ValueError(
                _("The code is stored as a number and has lost digits. Enter it as text.")
            )
        code = fold(str(value or ""))
        wrong = problem(code)
        if wrong is None:
            return code
        if wrong.fault is CodeFault.LENGTH:
            raise ValueError(
                _("The code has %(length)s characters; it must have 18.") % {"length": wrong.length}
            )
        if wrong.fault is CodeFault.CHARACTER:
            raise ValueError(
                _("Character %(position)s of the code, %(character)s, cannot stand in one.")
                % {"position": wrong.position, "character": wrong.character}
            )
        raise ValueError(_("The check character of the code does not fit: a character is wrong."))


class Name(widgets.Widget):
    def clean(self, value, row=None, **kwargs):
        name = str(value if value is not None else "").strip()
        if not name:
            raise ValueError(_("The name is missing."))
        return name


class OneOf(widgets.Widget):
    """A reference by name; known is {folded name: value}, filled for each import."""

    def __init__(self, unknown, write=str):
        super().__init__()
        self.known = {}
        self.unknown = unknown
        self.write = write

    def clean(self, value, row=None, **kwargs):
        try:
            return self.known[register_file.fold(value)]
        except KeyError:
            raise ValueError(self.unknown % {"name": value}) from None

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else self.write(value)


class RegisterField(fields.Field):
    """A column; where optional, a blank cell leaves the register's value, and NOTHING empties."""

    def __init__(self, attribute, heading, widget, optional=False, may_be_empty=False):
        super().__init__(attribute, heading, widget)
        self.optional = optional
        self.may_be_empty = may_be_empty

    def save(self, instance, row, is_m2m=False, **kwargs):
        value = row.get(self.column_name)
        text = "" if value is None else str(value).strip()
        if self.optional and not text:
            return
        if self.may_be_empty and text in NOTHING:
            setattr(instance, self.attribute, None)
        else:
            setattr(instance, self.attribute, self.clean(row, **kwargs))


class RegisterRow(RowResult):
    """
    The outcome of one row.

    number   the row in the user's own file
    cells    what the register will hold, in the order of the headings
    changes  [(heading, before, after)] of a changed one
    """

    number = None
    cells = ()
    changes = ()


@dataclass(frozen=True)
class RefusedRow:
    """A refused row: its number in the user's file, and all reasons."""

    number: int
    code: str
    name: str
    messages: list[str]


class RegisterResult(Result):
    def refused(self):
        """Return the refused rows, in the file's order."""
        return [
            RefusedRow(
                row.row_values[ROW_NUMBER],
                row.row_values[register_file.CODE] or "",
                row.row_values[register_file.NAME] or "",
                row.validation_error.messages
                if row.validation_error
                else [str(error.error) for error in row.errors],
            )
            for row in self.rows
            if row.is_invalid() or row.is_error()
        ]

    def new(self):
        return [row for row in self.rows if row.is_new()]

    def changed(self):
        return [row for row in self.rows if row.is_update()]

    def unchanged(self):
        return [row for row in self.rows if row.is_skip()]


class EnterpriseResource(resources.ModelResource):
    """
    The register.

    cities  those whose enterprises the user may see; import and export are limited to them
    report  is told how many rows have been compared with the register
    """

    credit_code = RegisterField("credit_code", register_file.CODE, CreditCode())
    name = RegisterField("name", register_file.NAME, Name())
    city = RegisterField("city", register_file.CITY, OneOf(None, lambda city: city.name))
    park = RegisterField(
        "park", register_file.PARK, OneOf(None, lambda park: park.name), True, True
    )
    field = RegisterField("field", register_file.FIELD, OneOf(None, lambda it: it.name), True, True)
    status = RegisterField("status", register_file.STATUS, OneOf(None, STATUS_WORDS.get), True)
    is_demonstration = RegisterField(
        "is_demonstration",
        register_file.DEMONSTRATION,
        OneOf(None, lambda yes: register_file.DEMONSTRATION if yes else ""),
        True,
    )

    class Meta:
        model = Enterprise
        fields = ["credit_code", *COMPARED]
        import_id_fields = ["credit_code"]
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_row_values = True
        store_instance = True
        # All rows are compared first; then few statements write them (store).
        use_bulk = True
        batch_size = None

    def __init__(self, cities=None, report: Callable[[RegisterStep], None] | None = None, **kwargs):
        super().__init__(**kwargs)
        self.cities = City.objects.none() if cities is None else cities
        self.report = report or (lambda step: None)

    @classmethod
    def get_display_name(cls):
        return _("Register")

    def get_result_class(self):
        return RegisterResult

    def get_row_result_class(self):
        return RegisterRow

    def get_import_fields(self):
        """Return the columns; those that the file lacks are optional, and leave all as it is."""
        return [self.fields[name] for name in self._meta.fields]

    # ---- in ----------------------------------------------------------------------------

    def compare(self, dataset: Dataset, *, reason: str, user=None) -> RegisterResult:
        """
        Return what an import would do. Writes nothing, and holds no lock of the database.

        reason, user  go into the history, if it is stored
        """
        # Not import_data(): its trial writes every row, and takes it back.
        result = self.import_data_inner(
            dataset, True, False, False, False, reason=reason, user=user
        )
        for fault in result.base_errors:
            raise fault.error
        return result

    def store(self, result: RegisterResult) -> None:
        """
        Write what compare() has found, in the caller's transaction; nothing if a row is refused.

        Each enterprise gets a new version. A name that the file replaces is kept, with the reason
        and without a day. Raises IntegrityError if an enterprise was changed since it was compared.
        """
        if result.refused():
            return
        bulk_create_with_history(self.create_instances, Enterprise, batch_size=BATCH)
        self._refuse_changed()
        # Not bulk_update(), whose statements are ten times as long as what they write.
        Enterprise.objects.bulk_create(
            self.update_instances,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=COMPARED,
        )
        Enterprise.history.bulk_history_create(self.update_instances, batch_size=BATCH, update=True)
        former = [
            former_name(one, one.name_before, until=None, document=one._change_reason)
            for one in self.update_instances
            if one.name_before != one.name
        ]
        bulk_create_with_history(former, FormerName, batch_size=BATCH)

    def _refuse_changed(self):
        """Lock what is to be changed. Raises IntegrityError if it is not as it was compared."""
        locked = Enterprise.objects.select_for_update(of=("self",))
        now = locked.in_bulk([one.pk for one in self.update_instances])
        if any(
            one.pk not in now or _values(now[one.pk]) != self.as_read[one.pk]
            for one in self.update_instances
        ):
            raise IntegrityError("changed since it was compared")

    def before_import(self, dataset, **kwargs):
        """Look up everything that rows refer to, once for all rows."""
        self._load_known("city", self.cities, _("There is no city %(name)s."), "name", "short_name")
        self._load_known("park", Park.objects.all(), _("There is no park %(name)s."), "name")
        self._load_known(
            "field", IndustryField.objects.all(), _("There is no field %(name)s."), "name"
        )
        self._load_words("status", STATUS_WORDS, _("There is no status %(name)s."))
        self._load_words(
            "is_demonstration",
            {True: register_file.DEMONSTRATION},
            _("%(name)s: write 示例数据, or leave it blank."),
        )
        self.rows = len(dataset)
        self.rows_of = defaultdict(list)
        for row in dataset.dict:
            self.rows_of[fold(str(row[register_file.CODE] or ""))].append(row[ROW_NUMBER])
        self.registered = Enterprise.objects.select_related("city", "park", "field").in_bulk(
            list(self.rows_of), field_name="credit_code"
        )
        self.as_read = {one.pk: _values(one) for one in self.registered.values()}
        self.city_ids = {city.pk for city in self.fields["city"].widget.known.values()}

    def get_instance(self, instance_loader, row):
        return self.registered.get(fold(str(row[register_file.CODE] or "")))

    def import_instance(self, instance, row, **kwargs):
        """Apply the row to the enterprise. Raises ValidationError with all errors."""
        registered_in = instance.city_id if instance.pk else None
        instance.name_before = instance.name if instance.pk else None
        was_demonstration = bool(instance.pk and instance.is_demonstration)
        wrong = defaultdict(list)
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as faults:
            wrong.update(faults.update_error_dict({}))
        rows = self.rows_of[fold(str(row[register_file.CODE] or ""))]
        if len(rows) > 1 and "credit_code" not in wrong:
            others = "、".join([str(n) for n in rows[:NAMED] if n != row[ROW_NUMBER]])
            others += "…" if len(rows) > NAMED else ""
            wrong["credit_code"].append(
                ValidationError(_("The same code stands in row %(rows)s.") % {"rows": others})
            )
        if registered_in and registered_in not in self.city_ids:
            wrong["city"].append(ValidationError(_("Another city's enterprise.")))
        if instance.is_demonstration and not was_demonstration:
            wrong["is_demonstration"].append(
                ValidationError(_("Demonstration data cannot be imported."))
            )
        if wrong:
            raise ValidationError(dict(wrong))

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Validate lengths; codes and relations were checked before."""
        wrong = import_validation_errors or {}
        try:
            instance.clean_fields(exclude={"city", "park", "field", *wrong})
        except ValidationError as faults:
            wrong = faults.update_error_dict(wrong)
        if wrong:
            raise ValidationError(wrong)

    def before_save_instance(self, instance, row, **kwargs):
        instance._change_reason = kwargs["reason"]
        instance._history_user = kwargs["user"]

    def after_import_row(self, row, row_result, **kwargs):
        if kwargs["row_number"] % REPORTED == 0:
            read, of = kwargs["row_number"], self.rows
            self.report(RegisterStep("importing", read, of))
        row_result.number = row[ROW_NUMBER]
        columns = self.get_import_fields()
        row_result.cells = [column.export(row_result.instance) for column in columns]
        if row_result.is_update():
            were = [column.export(row_result.original) for column in columns]
            headings = self.get_diff_headers()
            both = zip(headings, were, row_result.cells, strict=True)
            row_result.changes = [change for change in both if change[1] != change[2]]

    # ---- out ---------------------------------------------------------------------------

    def filter_export(self, queryset, **kwargs):
        return queryset.filter(city__in=self.cities).select_related("city", "park", "field")

    # ---- lookups -----------------------------------------------------------------------

    def _load_known(self, name, queryset, unknown, *naming):
        known = {register_file.fold(getattr(it, n)): it for it in queryset for n in naming}
        self._set_known(name, known, unknown)

    def _load_words(self, name, words, unknown):
        known = {register_file.fold(word): value for value, word in words.items()}
        self._set_known(name, known, unknown)

    def _set_known(self, name, known, unknown):
        self.fields[name].widget.known = known
        self.fields[name].widget.unknown = unknown


def _values(enterprise: Enterprise) -> list:
    """Return what an import may change, as it is stored."""
    return [getattr(enterprise, Enterprise._meta.get_field(name).attname) for name in COMPARED]
