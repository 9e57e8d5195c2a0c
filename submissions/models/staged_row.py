from decimal import Decimal

from django.db import models

from submissions.workbook.layout import TASKS


class StagedRow(models.Model):
    """
    One row of a submission's workbook as read: each value and its cell.

    values   field name -> text of the value (amounts in yuan), null if not reported
    cells    field name -> address in the user's own file, such as D17
    sources  field name -> the other cells, such as 一季度!D5, that the amount was added up from;
             null where it stands in its own cell alone
    key      what the row is about: credit code, park, block, city measure, step of a task

    Staged rows stay after acceptance: they lead from a figure to its cell.
    """

    class RowKind(models.TextChoices):
        CITY = "city"
        ENTERPRISES = "enterprises"
        PARKS = "parks"
        BLOCKS = "blocks"
        TASKS = "tasks"

    submission = models.ForeignKey(
        "submissions.Submission", models.CASCADE, related_name="rows", editable=False
    )
    kind = models.CharField(max_length=11, choices=RowKind)
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    key = models.CharField(max_length=120)
    values = models.JSONField()
    cells = models.JSONField()
    sources = models.JSONField(null=True)

    class Meta:
        ordering = ["submission", "kind", "row"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "kind", "row"], name="staged_row_once")
        ]
        # From a figure back to its cell.
        indexes = [models.Index(fields=["submission", "kind", "key"])]

    def __str__(self):
        return f"{self.sheet}!{self.row}"

    @property
    def says_anything(self) -> bool:
        """Return whether a row of 任务进展 reports anything of its step."""
        return any(self.values.get(name) for name in TASKS.texts)

    def decimal(self, field: str) -> Decimal | None:
        """Return a number of the row; None if it was not reported."""
        text = self.values.get(field)
        return None if text is None else Decimal(text)
