from django.urls import URLPattern

LEDGER: list[URLPattern] = []
IMPROVING: list[URLPattern] = []

urlpatterns = [*LEDGER, *IMPROVING]
