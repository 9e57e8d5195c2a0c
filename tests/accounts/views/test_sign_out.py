from django.urls import reverse

from audit.acts import Act
from audit.models import AuditEvent


def test_it_ends_the_session_and_is_recorded(client, official):
    client.force_login(official)
    client.post(reverse("logout"))
    assert client.get("/").status_code == 302
    assert AuditEvent.objects.get().act == Act.SIGNED_OUT
