from django.urls import reverse

from accounts.models import User

NEW = "a longer harbour 7"


def change(client, new, old="correct horse"):
    return client.post(
        reverse("password_change"),
        {"old_password": old, "new_password1": new, "new_password2": new},
    )


def test_a_changed_password_ends_the_duty_to_change_it(client, official):
    User.objects.update(must_change_password=True)
    client.force_login(official)
    assert change(client, NEW)["Location"] == reverse("password_change_done")
    official.refresh_from_db()
    assert not official.must_change_password
    assert official.check_password(NEW)
    assert client.get(reverse("password_change_done")).status_code == 200


def test_the_handed_over_password_cannot_be_chosen_again(client, official):
    User.objects.update(must_change_password=True)
    client.force_login(official)
    refused = change(client, "correct horse")
    assert refused.status_code == 422
    assert "must differ from the old one" in refused.content.decode()
    official.refresh_from_db()
    assert official.must_change_password


def test_a_wrong_old_password_is_refused(client, official):
    client.force_login(official)
    assert change(client, NEW, old="wrong").status_code == 422


def test_a_changed_password_ends_the_other_sessions(client, second_client, official):
    client.force_login(official)
    second_client.force_login(official)
    change(client, NEW)
    assert client.get(reverse("password_change")).status_code == 200
    assert reverse("login") in second_client.get(reverse("password_change"))["Location"]
