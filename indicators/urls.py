from django.urls import path

from indicators.views.city import city
from indicators.views.city_list import city_list
from indicators.views.indicator import indicator
from indicators.views.overview import overview

app_name = "indicators"
urlpatterns = [
    path("", overview, name="overview"),
    path("indicators/<slug:code>/", indicator, name="indicator"),
    path("cities/", city_list, name="city_list"),
    path("cities/<slug:slug>/", city, name="city"),
]
