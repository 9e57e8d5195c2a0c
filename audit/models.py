"""Who did what, when, why: one row for each act, never changed."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
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
