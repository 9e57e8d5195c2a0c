from django.contrib.auth import authenticate
from django.contrib.auth.hashers import identify_hasher, make_password

from config import settings as real

PBKDF2 = "django.contrib.auth.hashers.PBKDF2PasswordHasher"


def test_passwords_are_stored_by_argon2_with_little_memory(settings):
    settings.PASSWORD_HASHERS = HASHERS
    stored = make_password("correct horse")
    assert stored.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_older_password_is_stored_anew_when_its_user_signs_in(client, official, settings):
    settings.PASSWORD_HASHERS = HASHERS
    official.password = make_password("correct horse", hasher="pbkdf2_sha256")
    official.save()
    client.post("/accounts/login/", {"username": "official", "password": "correct horse"})
    assert "_auth_user_id" in client.session
    official.refresh_from_db()
    assert identify_hasher(official.password).algorithm == "argon2"
    assert authenticate(client.get("/").wsgi_request, username="official", password="correct horse")


HASHERS = real.PASSWORD_HASHERS
