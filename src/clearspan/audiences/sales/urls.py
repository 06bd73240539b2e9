"""Asks, under their product."""

from django.urls import path

from clearspan.audiences.sales import views

urlpatterns = [
    path("asks", views.asks, name="asks"),
    path("asks/new", views.record, name="record_ask"),
    path("asks/<int:number>", views.ask, name="ask"),
    path("asks/<int:number>/change", views.change, name="change_ask"),
]
