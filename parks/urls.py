from django.urls import path

from parks.views.park import park
from parks.views.park_list import park_list

app_name = "parks"
urlpatterns = [
    path("", park_list, name="park_list"),
    path("<slug:slug>/", park, name="park"),
]
