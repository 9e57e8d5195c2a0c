from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clusters.models.plan import quarter_code
from indicators.catalogue import INDICATORS, unit_of
from indicators.kinds import (
    KINDS,
    MEASURE_WORDS,
    NUMERATOR_WORDS,
    CountedThings,
    IndicatorKind,
)


class Target(models.Model):
    """
    A plan's target: the indicator's definition, the value to reach, the deadline, the baseline.

    The record defines a target; code knows only the two codes of the contract
    (indicators.catalogue). The baseline is blank where none has been published: then there is
    no attainment, and nothing is drawn from zero. Values are in the record's own
    unit; `in_base_unit` turns them into what is computed with: a fraction, a number, yuan.
    """

    class Things(models.TextChoices):
        CLUSTERS = CountedThings.CLUSTERS.value, _("The plan's clusters")
        PARKS = CountedThings.PARKS.value, _("The plan's parks")
        TITLE = CountedThings.TITLE.value, _("Enterprises that hold a title")

    class Unit(models.TextChoices):
        RATIO = "ratio", _("fraction (0.5 is 50%)")
        PERCENT = "percent", _("percent")
        COUNT = "count", _("number")
        YUAN = "yuan", _("yuan")
        WAN = "wan", _("ten thousand yuan")
        YI = "yi", _("hundred million yuan")

    class Comparator(models.TextChoices):
        AT_LEAST = ">=", _("at least (≥)")
        OVER = ">", _("over (>)")
        AT_MOST = "<=", _("at most (≤)")
        UNDER = "<", _("under (<)")
        ABOUT = "about", _("about (within a band)")

    plan = models.ForeignKey(
        "clusters.Plan", models.PROTECT, related_name="targets", verbose_name=_("plan")
    )
    indicator = models.SlugField(
        _("indicator"), help_text=_("Its code, as addresses and the API write it.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=100, blank=True)
    name_en = models.CharField(_("English name"), max_length=150, blank=True)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    short_name_en = models.CharField(_("short English name"), max_length=50, blank=True)

    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=[(one.value, facts.words) for one, facts in KINDS.items()],
        default=IndicatorKind.SHARE.value,
    )
    measure = models.CharField(
        _("measure"),
        max_length=16,
        choices=[(one.value, words) for one, words in MEASURE_WORDS.items()],
        blank=True,
        help_text=_("Of a share, a total, or a number of enterprises over a threshold."),
    )
    numerator = models.CharField(
        _("whose share"),
        max_length=16,
        choices=[(one.value, words) for one, words in NUMERATOR_WORDS.items()],
        blank=True,
    )
    threshold = models.DecimalField(
        _("threshold"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("yuan"),
    )
    strict = models.BooleanField(
        _("the threshold must be exceeded"),
        default=True,
        help_text=_("过1亿元 leaves 100 million itself out; 1亿元以上 counts it in."),
    )
    things = models.CharField(_("things counted"), max_length=10, choices=Things, blank=True)
    tier = models.ForeignKey(
        "enterprises.Tier",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("title"),
    )

    comparator = models.CharField(
        _("comparator"), max_length=5, choices=Comparator, default=Comparator.AT_LEAST
    )
    value = models.DecimalField(_("target value"), max_digits=20, decimal_places=6)
    unit = models.CharField(_("unit of the values"), max_length=7, choices=Unit, default=Unit.RATIO)
    band_low = models.DecimalField(
        _("band from"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    band_high = models.DecimalField(
        _("band to"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    band_source = models.CharField(
        _("source of the band"),
        max_length=200,
        blank=True,
        help_text=_("Who says how far “about” reaches; if nobody does, that it is assumed."),
    )
    period = models.CharField(_("deadline"), max_length=6, validators=[quarter_code])

    baseline_value = models.DecimalField(
        _("baseline value"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    baseline_period = models.CharField(
        _("baseline quarter"), max_length=6, blank=True, validators=[quarter_code]
    )
    baseline_source = models.CharField(_("baseline source"), max_length=200, blank=True)

    # 序时进度, in percentage points behind the pace: over 0 slightly behind, from the first
    # behind, over the second seriously behind. Defaults: a press report of Yinchuan, 2025.
    behind_from = models.DecimalField(
        _("behind from (points)"), max_digits=5, decimal_places=2, default=Decimal("10")
    )
    seriously_behind_over = models.DecimalField(
        _("seriously behind over (points)"), max_digits=5, decimal_places=2, default=Decimal("30")
    )

    wording = models.TextField(_("wording of the plan"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["plan", "position", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "indicator"], name="target_once_per_plan"),
            models.CheckConstraint(
                condition=Q(baseline_value__isnull=True, baseline_period="")
                | (Q(baseline_value__isnull=False) & ~Q(baseline_period="")),
                name="target_baseline_value_with_its_quarter",
            ),
            models.CheckConstraint(
                condition=Q(behind_from__gt=0, seriously_behind_over__gte=F("behind_from")),
                name="target_bands_in_order",
            ),
            models.CheckConstraint(
                condition=Q(kind="count", threshold__gt=0)
                | (~Q(kind="count") & Q(threshold__isnull=True)),
                name="target_threshold_with_count",
            ),
            models.CheckConstraint(
                condition=(Q(kind="established") & ~Q(things=""))
                | (~Q(kind="established") & Q(things="")),
                name="target_things_with_established",
            ),
            models.CheckConstraint(
                condition=Q(things="title", tier__isnull=False)
                | (~Q(things="title") & Q(tier__isnull=True)),
                name="target_title_with_things",
            ),
            models.CheckConstraint(
                condition=Q(comparator="about", band_low__lte=F("value"), band_high__gte=F("value"))
                | (~Q(comparator="about") & Q(band_low__isnull=True, band_high__isnull=True)),
                name="target_band_with_about",
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.comparator} {self.value.normalize():f} ({self.period})"

    def in_base_unit(self, value):
        """Return one of the record's values as a fraction, a number or yuan; None for None."""
        return None if value is None else value * FACTORS[self.unit]

    def clean(self):
        """Refuse inconsistent fields, each at its field; set what a code fixes."""
        self._take_what_the_code_fixes()
        wrong = {}
        for field, wanted, words in self._belonging():
            given = getattr(self, field) not in (None, "")
            if given is not wanted:
                wrong[field] = words[wanted]
        wrong |= self._wrong_unit() | self._wrong_baseline()
        if self.kind == IndicatorKind.COUNT and self.measure not in ("", "revenue"):
            wrong["measure"] = _("Enterprises are counted by their environmental revenue.")
        if self.indicator not in INDICATORS and not self.name:
            wrong["name"] = _("An indicator of your own needs a name.")
        if wrong:
            raise ValidationError(wrong)

    def _take_what_the_code_fixes(self):
        """Set the fields that a code of the contract fixes, whatever was entered."""
        if (fixed := INDICATORS.get(self.indicator)) is None:
            return
        self.kind, self.measure = fixed.kind.value, fixed.measure.value
        self.threshold, self.strict = fixed.threshold, fixed.strict
        self.numerator = fixed.numerator.value if fixed.kind is IndicatorKind.SHARE else ""
        self.things, self.tier = "", None
        if fixed.kind is IndicatorKind.COUNT and self.unit == self.Unit.RATIO:
            self.unit = self.Unit.COUNT

    def _belonging(self):
        """Yield each field that some kinds need and others must not have, and the two refusals."""
        needed = (_("This kind of target does not have it."), _("This kind of target needs it."))
        kind, banded = self.kind, self.comparator == self.Comparator.ABOUT
        band = (_("Only “about” has a band."), _("Say how far “about” reaches."))
        yield "measure", kind != IndicatorKind.ESTABLISHED, needed
        yield "numerator", kind == IndicatorKind.SHARE, needed
        yield "threshold", kind == IndicatorKind.COUNT, needed
        yield "things", kind == IndicatorKind.ESTABLISHED, needed
        yield "tier", self.things == CountedThings.TITLE, needed
        yield "band_low", banded, band
        yield "band_high", banded, band
        yield "band_source", banded, band

    def _wrong_unit(self):
        """Return the refusal of a unit that the indicator does not have."""
        units = UNITS[unit_of(IndicatorKind(self.kind), self.measure)] if self.kind else FACTORS
        if self.unit not in units:
            return {"unit": _("An indicator of this kind is not measured in this unit.")}
        return {}

    def _wrong_baseline(self):
        """Return the refusal of a baseline that lies at or after the deadline."""
        if self.baseline_period and self.period and self.baseline_period >= self.period:
            return {"baseline_period": _("The baseline lies before the deadline.")}
        return {}


FACTORS = {
    "ratio": Decimal(1),
    "percent": Decimal("0.01"),
    "count": Decimal(1),
    "yuan": Decimal(1),
    "wan": Decimal("10000"),
    "yi": Decimal("100000000"),
}
UNITS = {"ratio": ("ratio", "percent"), "count": ("count",), "yuan": ("yuan", "wan", "yi")}
