"""Who did what, when, why: one row for each act, never changed."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.acts import Act


class Channel(models.TextChoices):
    PAGE = "page", _("page")
    API = "api", _("API")
    JOB = "job", _("background job")
    COMMAND = "command", _("command line")


class ActOutcome(models.TextChoices):
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class AuditEvent(models.Model):
    """
    One act: who, in which role, from where, when, on what, what it was before and after, why.

    Names stand beside keys: the row says what held at its moment, whatever is renamed later.
    """

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    act = models.CharField(_("act"), max_length=40, choices=Act, db_index=True)
    outcome = models.CharField(
        _("outcome"), max_length=8, choices=ActOutcome, default=ActOutcome.DONE
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    # None for a command of the operator, and where nobody is signed in.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("user"),
    )
    # The user's name; of a failed sign-in the name tried, of a command the account of the server.
    username = models.CharField(_("user name"), max_length=150, blank=True, db_index=True)
    # Keys of the roles, with commas.
    roles = models.CharField(_("roles"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=45, blank=True)
    request_number = models.CharField(_("request number"), max_length=16, blank=True)
    # What it was done to: the label of its model and its key, such as enterprises.enterprise 17.
    object_type = models.CharField(_("kind of object"), max_length=100, blank=True)
    object_id = models.CharField(_("object"), max_length=64, blank=True)
    object_name = models.CharField(_("name of the object"), max_length=300, blank=True)
    before = models.JSONField(_("before"), null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), null=True, encoder=DjangoJSONEncoder)
    why = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-pk"]
        permissions = [("export_auditevent", "Can export audit events")]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_by_object")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.username} {self.act}"


class ProposedAct(models.TextChoices):
    """What is proposed to be done to the object."""

    CHANGE = "change", _("add or change")
    PASSWORD_LINK = "password-link", _("make a link to set a password")


class ProposedChange(models.Model):
    """
    A change that is in force only once a second person has confirmed it.

    before and after are lists of records, the object first and then its parts, each as Django's
    serializer writes it: model, pk (None of what is new) and fields. Of a new object `before` is
    empty. effect has the sentences that the proposer saw.

    Decided once. The list of append-only tables (audit.append_only) has
    "audit_proposedchange": confirmed_by_id, confirmed_at, rejected_by_id, rejected_at, and why,
    which may be set once from null.
    """

    act = models.CharField(_("act"), max_length=16, choices=ProposedAct, default=ProposedAct.CHANGE)
    # The label of its model, such as indicators.target; "" as the key of what is new.
    object_type = models.CharField(_("kind of object"), max_length=100)
    object_id = models.CharField(_("object"), max_length=64, blank=True)
    object_name = models.CharField(_("name of the object"), max_length=300, blank=True)
    before = models.JSONField(_("before"), default=list)
    after = models.JSONField(_("after"), default=list)
    reason = models.CharField(_("reason"), max_length=200)
    effect = models.JSONField(_("effect"), default=list)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    rejected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("rejected by"),
    )
    rejected_at = models.DateTimeField(_("rejected at"), null=True)
    why = models.CharField(_("why rejected"), max_length=200, null=True)  # noqa: DJ001

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="proposed_change_by_object")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="proposed_change_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(rejected_by__isnull=True),
                name="proposed_change_decided_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="proposed_change_confirmed_with_moment",
            ),
            models.CheckConstraint(
                condition=Q(rejected_by__isnull=True, rejected_at__isnull=True, why__isnull=True)
                | Q(rejected_by__isnull=False, rejected_at__isnull=False, why__isnull=False)
                & ~Q(why=""),
                name="proposed_change_rejected_with_reason",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="proposed_change_has_a_reason"),
        ]

    def __str__(self):
        return self.object_name

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it."""
        return self.confirmed_by_id is None and self.rejected_by_id is None
