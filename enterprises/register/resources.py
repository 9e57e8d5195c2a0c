"""
Import and export of the register: what a row of the file means and changes.

django-import-export reads the rows, previews them, and writes all or none. Nothing is guessed: a
refused row comes with its number and the reasons.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.results import Result, RowResult

from clusters.models import City
from enterprises.credit_code import CodeFault, fold, problem
from enterprises.models import Enterprise, IndustryField
from enterprises.register import file_format
from enterprises.register.file_format import ROW_NUMBER
from enterprises.register.renaming import keep_name
from enterprises.register.tables import ChangedTable, RefusedTable, whole_rows
from parks.models import Park

# As written in the file, whatever the reader's language.
STATUS_WORDS = {"confirmed": "已确认", "pending": "待核实", "closed": "已关闭"}
# A blank leaves the register as it is; one of these empties an optional value.
NOTHING = {"—", "-", "/", "无"}


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
            return self.known[file_format.fold(value)]
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
                row.row_values[file_format.CODE] or "",
                row.row_values[file_format.NAME] or "",
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

    def tables(self):
        """Return the tables that are not empty; that of unchanged rows stands apart."""
        every = [RefusedTable(self.refused()), ChangedTable(self.changed())]
        every.append(whole_rows(_("New"), self.diff_headers, self.new()))
        return [table for table in every if table.data]

    def unchanged_table(self):
        return whole_rows(_("Unchanged"), self.diff_headers, self.unchanged())


class EnterpriseResource(resources.ModelResource):
    """
    The register.

    cities  those whose enterprises the user may see; import and export are limited to them
    """

    credit_code = RegisterField("credit_code", file_format.CODE, CreditCode())
    name = RegisterField("name", file_format.NAME, Name())
    city = RegisterField("city", file_format.CITY, OneOf(None, lambda city: city.name))
    park = RegisterField("park", file_format.PARK, OneOf(None, lambda park: park.name), True, True)
    field = RegisterField("field", file_format.FIELD, OneOf(None, lambda it: it.name), True, True)
    status = RegisterField("status", file_format.STATUS, OneOf(None, STATUS_WORDS.get), True)
    is_demonstration = RegisterField(
        "is_demonstration",
        file_format.DEMONSTRATION,
        OneOf(None, lambda yes: file_format.DEMONSTRATION if yes else ""),
        True,
    )

    class Meta:
        model = Enterprise
        fields = [
            "credit_code",
            "name",
            "city",
            "park",
            "field",
            "status",
            "is_demonstration",
        ]
        import_id_fields = ["credit_code"]
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_row_values = True
        store_instance = True

    def __init__(self, cities=None, **kwargs):
        super().__init__(**kwargs)
        self.cities = City.objects.none() if cities is None else cities

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
            {True: file_format.DEMONSTRATION},
            _("%(name)s: write 示例数据, or leave it blank."),
        )
        self.rows_of = defaultdict(list)
        for row in dataset.dict:
            self.rows_of[fold(str(row[file_format.CODE] or ""))].append(row[ROW_NUMBER])
        self.registered = Enterprise.objects.select_related("city", "park", "field").in_bulk(
            list(self.rows_of), field_name="credit_code"
        )
        self.city_ids = {city.pk for city in self.fields["city"].widget.known.values()}

    def get_instance(self, instance_loader, row):
        return self.registered.get(fold(str(row[file_format.CODE] or "")))

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
        rows = self.rows_of[fold(str(row[file_format.CODE] or ""))]
        if len(rows) > 1 and "credit_code" not in wrong:
            others = "、".join(str(number) for number in rows if number != row[ROW_NUMBER])
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

    def after_save_instance(self, instance, row, **kwargs):
        """Store the name that the file replaces, with the reason and without a day."""
        if instance.name_before and instance.name_before != instance.name:
            instance._change_reason = kwargs["reason"]
            instance._history_user = kwargs["user"]
            keep_name(instance, instance.name_before, until=None, document=kwargs["reason"])

    def after_import_row(self, row, row_result, **kwargs):
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
        known = {file_format.fold(getattr(it, n)): it for it in queryset for n in naming}
        self._set_known(name, known, unknown)

    def _load_words(self, name, words, unknown):
        known = {file_format.fold(word): value for value, word in words.items()}
        self._set_known(name, known, unknown)

    def _set_known(self, name, known, unknown):
        self.fields[name].widget.known = known
        self.fields[name].widget.unknown = unknown
