from django.urls import path

from clearspan.stages.trace import views

urlpatterns = [path("trace/<str:reference>", views.line, name="trace")]
