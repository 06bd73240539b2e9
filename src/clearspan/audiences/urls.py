from django.urls import path

from clearspan.audiences.find import find
from clearspan.audiences.people import views as people

urlpatterns = [
    path("find", find, name="find"),
    path("switch-person", people.switch_person, name="switch_person"),
]
