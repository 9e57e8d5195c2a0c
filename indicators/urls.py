from django.urls import path

from indicators.views.city import city
from indicators.views.city_list import city_list
from indicators.views.firm_totals import firm_totals
from indicators.views.firms import firms
from indicators.views.growth import growth
from indicators.views.heaping import heaping
from indicators.views.indicator import indicator
from indicators.views.methods import methods
from indicators.views.movement import first_movement, movement
from indicators.views.overview import overview
from indicators.views.seen import seen
from indicators.views.targets import targets
from indicators.views.what_if import what_if
from indicators.views.withdraw_note import withdraw_note
from indicators.views.write_note import write_note

app_name = "indicators"
urlpatterns = [
    path("", overview, name="overview"),
    path("indicators/", targets, name="targets"),
    path("indicators/<slug:code>/", indicator, name="indicator"),
    path("enterprises/totals/", firm_totals, name="firm_totals"),
    path("indicators/<slug:code>/firms/", firms, name="firms"),
    path("indicators/<slug:code>/heaping/", heaping, name="heaping"),
    path("methods/", methods, name="methods"),
    path("seen/", seen, name="seen"),
    path("what-if/", what_if, name="what_if"),
    path("movement/", first_movement, name="first_movement"),
    path("indicators/<slug:code>/movement/", movement, name="movement"),
    path("notes/new/", write_note, name="write_note"),
    path("notes/<int:pk>/withdraw/", withdraw_note, name="withdraw_note"),
    path("growth/", growth, name="growth"),
    path("cities/", city_list, name="city_list"),
    path("cities/<slug:slug>/", city, name="city"),
]
