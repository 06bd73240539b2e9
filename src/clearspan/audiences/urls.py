from django.urls import include, path

from clearspan.audiences.find import find
from clearspan.audiences.people import views as people
from clearspan.audiences.product import views as product

urlpatterns = [
    path("", product.today, name="today"),
    path("find", find, name="find"),
    path("me", people.account, name="account"),
    path("me/token", people.make_token, name="make_token"),
    path("audit", people.audit, name="audit"),
    path("welcome/<str:secret>", people.welcome, name="welcome"),
    path("switch-person", people.switch_person, name="switch_person"),
    path("<slug:product>/", include("clearspan.audiences.sales.urls")),
]
