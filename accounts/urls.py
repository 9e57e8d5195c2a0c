"""Django's own names, so that everything that expects them finds them."""

from django.contrib.auth.views import PasswordChangeDoneView
from django.urls import path

from accounts.views.password_change import OwnPassword
from accounts.views.password_link import PasswordByLink
from accounts.views.sessions import end, left, sessions, stay
from accounts.views.sign_in import SignIn
from accounts.views.sign_out import SignOut

urlpatterns = [
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", SignOut.as_view(), name="logout"),
    path("password/", OwnPassword.as_view(), name="password_change"),
    path("password/<uidb64>/<token>/", PasswordByLink.as_view(), name="password_link"),
    path("password/done/", PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("sessions/", sessions, name="sessions"),
    path("sessions/end/", end, name="session_end"),
    path("sessions/left/", left, name="session_left"),
    path("sessions/stay/", stay, name="session_stay"),
]
