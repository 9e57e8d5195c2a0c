"""The register in the admin: edited record by record, imported and exported as a file."""

import re
from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.utils import bulk_update_with_history

from audit.acts import Act
from audit.recording import record
from enterprises.models import (
    CityMove,
    Enterprise,
    EnterpriseReturn,
    FormerName,
    IndustryField,
    Nil,
    Tier,
    TierAward,
)
from enterprises.register import renaming
from enterprises.register.admin_pages import RegisterFiles
from foundation.record_admin import (
    REASON_LENGTH,
    KeepsOthersChanges,
    RecordAdmin,
    RecordForm,
    reason_field,
)

A_DAY = timedelta(days=1)


class LastReportFilter(admin.SimpleListFilter):
    """Enterprises last reported as closed or moved away, which the register does not say."""

    title = _("last report")
    parameter_name = "said"

    def lookups(self, request, model_admin):
        return [(value, label) for value, label in Nil.choices if value != Nil.NOTHING]

    def queryset(self, request, queryset):
        """
        Return those whose newest report in force says so.

        Without those the register shows as closed too, or in another city already.
        """
        if not self.value():
            return queryset
        newest = EnterpriseReturn.objects.in_force().filter(enterprise=OuterRef("pk"))
        newest = newest.order_by("-period__code")
        return (
            queryset.annotate(said=Subquery(newest.values("nil")[:1]))
            .annotate(said_by=Subquery(newest.values("city")[:1]))
            .filter(said=self.value(), said_by=F("city"))
            .exclude(status=Enterprise.RegisterStatus.CLOSED)
        )


class ConfirmForm(ActionForm):
    """The form above the list: an action, and the reason for it."""

    reason = reason_field(required=False, help_text="")


# How publishing names the submission with which an enterprise joined (review/publishing.py); a
# command's mark may stand before it.
JOINED_WITH = re.compile(r"(?:\[command line\] )?submission ([0-9]+): (.+)").fullmatch


class EnterpriseForm(RecordForm):
    """An enterprise; a new name or city is a change with a day, or without one a correction."""

    renamed_on = forms.DateField(
        label=_("Renamed on"),
        required=False,
        widget=admin.widgets.AdminDateWidget,
        help_text=_("With a new name: its first day. Blank: the old one was a slip, not kept."),
    )
    moved_on = forms.DateField(
        label=_("Moved on"),
        required=False,
        widget=admin.widgets.AdminDateWidget,
        help_text=_("With a new city: the first day there. Blank: the old one was a slip."),
    )

    def clean(self):
        given = super().clean()
        for name, of in (("renamed_on", "name"), ("moved_on", "city")):
            if given.get(name) and (of not in self.changed_data or not self.instance.pk):
                self.add_error(name, _("Nothing has changed that this day could be of."))
        return given


class TierAwardInline(admin.TabularInline):
    model = TierAward
    form = KeepsOthersChanges
    extra = 0


@admin.register(Enterprise)
class EnterpriseAdmin(RegisterFiles, RecordAdmin):
    list_display = ["credit_code", "name", "city", "park", "field", "status", "came_with"]
    list_display_links = ["credit_code", "name"]
    list_filter = ["status", LastReportFilter, "city", "field", "park", "is_demonstration"]
    list_select_related = ["city", "park", "field"]
    search_fields = ["credit_code", "name"]
    readonly_fields = ["is_demonstration"]
    inlines = [TierAwardInline]
    form = EnterpriseForm
    actions = ["confirm"]
    action_form = ConfirmForm

    def get_queryset(self, request):
        """Return the enterprises of the reader's cities, each with the reason of its entry."""
        entry = Enterprise.history.filter(id=OuterRef("pk"), history_type="+")
        entered_for = Subquery(entry.order_by("history_date").values("history_change_reason")[:1])
        return (
            super()
            .get_queryset(request)
            .filter(city__in=request.cities)
            .annotate(entered_for=entered_for)
        )

    @admin.display(description=_("Came with"))
    def came_with(self, enterprise):
        """Return a link to the submission with which it joined; – for one entered otherwise."""
        found = JOINED_WITH(enterprise.entered_for or "")
        if not found:
            return "–"
        address = reverse("submissions:submission", args=[found[1]])
        return format_html('<a href="{}">{}</a>', address, found[2])

    @admin.action(description=_("Confirm the selected enterprises"), permissions=["change"])
    def confirm(self, request, queryset):
        """Confirm those that wait to be verified, with one reason for all of them."""
        reason = request.POST.get("reason", "").strip()[:REASON_LENGTH]
        if not reason:
            self.message_user(request, _("Give the reason for the change."), messages.ERROR)
            return
        waiting = list(queryset.filter(status=Enterprise.RegisterStatus.PENDING))
        for enterprise in waiting:
            enterprise.status = Enterprise.RegisterStatus.CONFIRMED
        states = Enterprise.RegisterStatus
        with transaction.atomic():
            bulk_update_with_history(
                waiting,
                Enterprise,
                ["status"],
                default_user=request.user,
                default_change_reason=reason,
            )
            for enterprise in waiting:
                before, after = {"status": states.PENDING}, {"status": states.CONFIRMED}
                record(Act.RECORD_CHANGED, enterprise, before=before, after=after, why=reason)
        confirmed = ngettext(
            "%(count)d enterprise was confirmed.",
            "%(count)d enterprises were confirmed.",
            len(waiting),
        )
        self.message_user(request, confirmed % {"count": len(waiting)}, messages.SUCCESS)

    def save_model(self, request, obj, form, change):
        """Save, and keep the name and the city that it had, if the change has a day."""
        super().save_model(request, obj, form, change)
        reason = form.cleaned_data["reason"]
        if day := form.cleaned_data.get("renamed_on"):
            renaming.keep_name(obj, form.initial["name"], until=day - A_DAY, document=reason)
        if day := form.cleaned_data.get("moved_on"):
            renaming.keep_city(obj, form.initial["city"], moved_on=day, document=reason)


class OfAnEnterprise(RecordAdmin):
    """Base of the records of an enterprise, restricted to the reader's cities."""

    list_select_related = ["enterprise"]
    autocomplete_fields = ["enterprise"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(enterprise__city__in=request.cities)


@admin.register(TierAward)
class TierAwardAdmin(OfAnEnterprise):
    list_display = ["enterprise", "tier", "awarded_on", "expires_on", "document"]
    list_filter = ["tier"]
    list_select_related = ["enterprise", "tier"]
    search_fields = ["enterprise__name", "enterprise__credit_code", "document"]
    date_hierarchy = "awarded_on"


@admin.register(FormerName)
class FormerNameAdmin(OfAnEnterprise):
    list_display = ["name", "credit_code", "used_until", "enterprise", "document"]
    search_fields = ["name", "credit_code", "enterprise__name", "enterprise__credit_code"]


@admin.register(CityMove)
class CityMoveAdmin(OfAnEnterprise):
    list_display = ["enterprise", "from_city", "to_city", "moved_on", "document"]
    list_select_related = ["enterprise", "from_city", "to_city"]
    search_fields = ["enterprise__name", "enterprise__credit_code", "document"]
    date_hierarchy = "moved_on"


@admin.register(Tier)
class TierAdmin(RecordAdmin):
    list_display = ["name", "name_en", "code", "position"]
    search_fields = ["name", "name_en", "code"]


@admin.register(IndustryField)
class IndustryFieldAdmin(RecordAdmin):
    list_display = ["name", "name_en", "code", "position"]
    search_fields = ["name", "name_en", "code"]
