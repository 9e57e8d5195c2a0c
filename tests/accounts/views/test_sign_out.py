from django.urls import reverse

from audit.acts import Act
from audit.models import AuditEvent


def test_it_ends_the_session_is_recorded_and_has_the_browser_forget_its_pages(client, official):
    client.force_login(official)
    answer = client.post(reverse("logout"))
    assert answer["Clear-Site-Data"] == '"cache"'
    assert client.get("/").status_code == 302
    assert AuditEvent.objects.get().act == Act.SIGNED_OUT
