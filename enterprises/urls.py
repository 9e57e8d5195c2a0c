from django.urls import path

from enterprises.views.enterprise import enterprise
from enterprises.views.register import register

app_name = "enterprises"
urlpatterns = [
    path("", register, name="register"),
    path("<slug:credit_code>/", enterprise, name="enterprise"),
]
