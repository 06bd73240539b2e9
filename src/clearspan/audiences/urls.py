from django.urls import include, path

from clearspan.audiences.find import find
from clearspan.audiences.first import views as first
from clearspan.audiences.people import entrance
from clearspan.audiences.people import views as people
from clearspan.audiences.settings.company import company as settings

urlpatterns = [
    path("", first.first, name="today"),
    path("for/<str:audience>", first.first_for, name="first_for"),
    path("for/leadership/moves", first.moves, name="moves"),
    path("waiting", first.waiting, name="waiting"),
    path("find", find, name="find"),
    path("me", people.account, name="account"),
    path("me/token", people.make_token, name="make_token"),
    path("audit", people.audit, name="audit"),
    path("welcome/<str:secret>", entrance.welcome, name="welcome"),
    path("switch-person", people.switch_person, name="switch_person"),
    path("", include("clearspan.audiences.practice.urls")),
    path("", include("clearspan.audiences.suppliers.urls")),
    path("settings", settings, name="settings"),
    path("settings/", include("clearspan.audiences.settings.urls")),
    path("<slug:product>/", include("clearspan.audiences.sales.urls")),
]
