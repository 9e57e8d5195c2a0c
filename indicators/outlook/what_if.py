"""What if: what is supposed, read from the address, and what becomes of both targets."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clusters.models import City
from clusters.quarters import Quarter
from clusters.yuan import WAN
from indicators.data.snapshot import NO_CITY_TOTALS, Snapshot, Supposed
from indicators.firm_returns import ReportedFirm, reported_firms
from indicators.formulas.what_if import Left, Supposition, supposed_outputs, supposed_over
from indicators.results.indicator_result import IndicatorResult
from indicators.results.scorecard import results_in

# As many enterprises as an address can name, and somebody can mean.
MOST_LEFT_OUT = 200
# 万元: below what an amount in yuan can hold.
MOST = Decimal(10) ** 13


class Amount(forms.DecimalField):
    """An amount in 万元 as people write it: full-width digits and separators are understood."""

    def to_python(self, value):
        """Return the amount, None for nothing. Raises ValidationError for what is no number."""
        text = unicodedata.normalize("NFKC", str(value or "")).replace(",", "").strip()
        return super().to_python(text)


class SuppositionForm(forms.Form):
    """
    What is supposed: `without=<credit code>` as often as wished, `output-<city>=<万元>`.

    Only of the reader's cities: another city's enterprise is not there, nor is its field.
    """

    def __init__(self, data, *, snapshot: Snapshot, quarter: Quarter, cities: QuerySet[City]):
        super().__init__(data)
        self.of, self.quarter, self.scope = snapshot, quarter, cities
        own = set(cities.values_list("code", flat=True))
        self.own = [city for city in snapshot.cities if city.code in own]
        self.left_out: list[ReportedFirm] = []
        for city in self.own:
            self.fields[f"output-{city.slug}"] = Amount(
                label=str(city),
                required=False,
                min_value=Decimal(0),
                max_value=MOST,
                decimal_places=6,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input"}),
            )

    @property
    def asked_for(self) -> list[str]:
        """The credit codes to be left out, each once, as the address has them."""
        codes = [code.strip().upper() for code in self.data.getlist("without")]
        return [code for code in dict.fromkeys(codes) if code]

    def clean(self):
        """Look the enterprises up; say which of them, and which cities, cannot be supposed away."""
        self._refuse_foreign_cities()
        codes = self.asked_for
        if len(codes) > MOST_LEFT_OUT:
            self.add_error(
                None, _("At most %(most)s enterprises can be left out.") % {"most": MOST_LEFT_OUT}
            )
        elif codes:
            self.left_out = reported_firms(self.of, self.quarter, self.scope, codes)
            known = {firm.credit_code for firm in self.left_out}
            for code in codes:
                if code not in known:
                    words = _("%(code)s: no enterprise of yours has reported this quarter with it.")
                    self.add_error(None, words % {"code": code[:40]})
        return super().clean()

    def _refuse_foreign_cities(self) -> None:
        for name in self.data:
            if name.startswith("output-") and name not in self.fields:
                words = _("%(name)s: there is no such city, or its value is not yours to suppose.")
                self.add_error(None, words % {"name": name.removeprefix("output-")[:40]})

    @property
    def supposition(self) -> Supposition:
        """What is supposed, amounts in yuan; nothing while the form is wrong."""
        if not self.is_valid():
            return Supposition()
        given = {city.code: self.cleaned_data[f"output-{city.slug}"] for city in self.own}
        return Supposition(
            without=tuple(Left(f.enterprise_id, f.city, f.output_value) for f in self.left_out),
            instead={code: amount * WAN for code, amount in given.items() if amount is not None},
        )


def supposed_results(
    snapshot: Snapshot, quarter: Quarter, supposition: Supposition
) -> Sequence[IndicatorResult]:
    """Return every target as it would be. Nothing is saved."""
    return results_in(supposed_snapshot(snapshot, quarter, supposition), quarter)


def supposed_snapshot(snapshot: Snapshot, quarter: Quarter, supposition: Supposition) -> Snapshot:
    """Return a snapshot in which one quarter is as supposed; all others are as they are."""
    outputs = {
        city.code: snapshot.city_totals.get((city.code, quarter), NO_CITY_TOTALS).output_value
        for city in snapshot.cities
    }
    totals, lines = dict(snapshot.city_totals), dict(snapshot.lines)
    for code, amount in supposed_outputs(outputs, supposition).items():
        if amount is not None:
            before = totals.get((code, quarter), NO_CITY_TOTALS)
            totals[code, quarter] = replace(before, output_value=amount)
    for left in {one.enterprise: one for one in supposition.without}.values():
        before = lines[left.city, quarter]
        lines[left.city, quarter] = replace(before, enterprises=before.enterprises - 1)
    over = {
        line: {
            **by_quarter,
            quarter: supposed_over(by_quarter.get(quarter, {}), supposition.without),
        }
        for line, by_quarter in snapshot.over_by_line.items()
    }
    return replace(
        snapshot,
        city_totals=MappingProxyType(totals),
        lines=MappingProxyType(lines),
        over_by_line=MappingProxyType(over),
        passing=True,
        supposed=Supposed(
            actual=snapshot,
            without=frozenset(left.enterprise for left in supposition.without),
            cities=frozenset(code for code in supposition.instead if outputs[code] is None),
        ),
    )
