from django.urls import path

from clearspan.audiences.practice import views

urlpatterns = [
    path("practice", views.practice, name="practice"),
    path("practice/methods/<slug:key>", views.method, name="method"),
]
