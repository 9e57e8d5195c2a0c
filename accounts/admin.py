"""Accounts, their roles and cities. Nobody can give here what they do not have themselves."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.forms import AccountForm, HandedOverPasswordForm, NewAccountForm
from accounts.models import CityAssignment, User
from accounts.roles import ROLES
from accounts.roles_in_database import enters_admin_site
from accounts.sessions import end_sessions_of
from accounts.signing_in.throttle import unlock
from accounts.views.admin_sign_in import admin_sign_in
from audit.templatetags.audit import address_of
from foundation.record_admin import ReadOnlyAdmin

admin.site.site_header = _("311 Tracker: keeping the records")
admin.site.site_title = _("311 Tracker")
admin.site.index_title = _("Records")
admin.site.login = admin_sign_in
admin.site.unregister(Group)


class RoleFilter(admin.SimpleListFilter):
    """Accounts of one role, by the role's name in the reader's language."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return [(role.key, role.name) for role in ROLES.values()]

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class CityAssignmentInline(admin.TabularInline):
    model = CityAssignment
    extra = 0


@admin.register(User)
class AccountAdmin(UserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    change_password_form = HandedOverPasswordForm
    inlines = [CityAssignmentInline]
    list_display = ["username", "full_name", "roles", "is_active", "last_login"]
    list_filter = ["is_active", RoleFilter, "assignments__city", "is_demonstration"]
    search_fields = ["username", "first_name", "last_name"]
    filter_horizontal = []
    actions = ["unlock"]
    readonly_fields = ["is_demonstration", "last_login", "date_joined", "audit_trail"]
    fieldsets = [
        (None, {"fields": ["username", "password", "must_change_password"]}),
        (_("Person"), {"fields": ["last_name", "first_name", "email"]}),
        (_("What the account may do"), {"fields": ["is_active", "groups"]}),
        (
            _("Kept by the system"),
            {"fields": ["last_login", "date_joined", "audit_trail", "is_demonstration"]},
        ),
    ]
    superuser_fieldsets = [*fieldsets, (_("Superuser"), {"fields": ["is_superuser"]})]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2", "groups"]})
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user):
        return f"{user.last_name}{user.first_name}"

    @admin.display(description=_("roles"))
    def roles(self, user):
        names = [group.name for group in user.groups.all()]
        return "、".join(str(ROLES[name].name) if name in ROLES else name for name in names)

    @admin.display(description=_("audit trail"))
    def audit_trail(self, user):
        """Return the links to what was done to the account, and by its user."""
        by_the_user = f"{reverse('audit')}?{urlencode({'user': user.username})}"
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            address_of(user),
            _("what was done to this account"),
            by_the_user,
            _("what its user did"),
        )

    def get_fieldsets(self, request, obj=None):
        """Return the fields; only a superuser makes a superuser. Permissions come from roles."""
        if obj and request.user.is_superuser:
            return self.superuser_fieldsets
        return super().get_fieldsets(request, obj)

    def has_change_permission(self, request, obj=None):
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        # What somebody did stays theirs: an account is deactivated.
        return False

    def save_related(self, request, form, formsets, change):
        """Save roles and cities, and with them whether the user enters the admin site."""
        super().save_related(request, form, formsets, change)
        user = form.instance
        user.is_staff = enters_admin_site(user)
        user.save(update_fields=["is_staff"])
        if change and any(one.has_changed() for one in (form, *formsets)):
            # What is open would show what it no longer may; and a new start revives none.
            end_sessions_of(user, but=request.session.session_key)

    @admin.action(description=_("Unlock after wrong passwords"), permissions=["change"])
    def unlock(self, request, queryset):
        count = sum(unlock(user) for user in queryset)
        message = ngettext("%(count)s account unlocked.", "%(count)s accounts unlocked.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)


@admin.register(Group)
class RoleAdmin(ReadOnlyAdmin):
    """The roles are said in accounts/roles.py; here one can read them."""

    list_display = ["role", "purpose"]
    list_display_links = None
    fields = ["role", "purpose"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(name__in=ROLES)

    @admin.display(description=_("role"))
    def role(self, group):
        return ROLES[group.name].name

    @admin.display(description=_("purpose"))
    def purpose(self, group):
        return ROLES[group.name].purpose
