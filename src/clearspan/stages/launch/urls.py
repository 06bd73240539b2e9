from django.urls import URLPattern

LAUNCHES: list[URLPattern] = []
PROMOTION: list[URLPattern] = []

urlpatterns = [*LAUNCHES, *PROMOTION]
