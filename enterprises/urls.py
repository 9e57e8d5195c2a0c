from django.urls import path

from enterprises.views.enterprise import enterprise
from enterprises.views.register import register
from enterprises.views.tiers import tiers

app_name = "enterprises"
urlpatterns = [
    path("", register, name="register"),
    path("tiers/", tiers, name="tiers"),
    path("<slug:credit_code>/", enterprise, name="enterprise"),
]
