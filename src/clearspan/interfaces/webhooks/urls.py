from django.urls import path

from clearspan.interfaces.webhooks import views

urlpatterns = [
    path("settings/webhooks", views.index, name="webhooks"),
    path("settings/webhooks/new", views.new, name="webhook_new"),
    path("settings/webhooks/<int:pk>", views.one, name="webhook"),
    path("settings/webhooks/<int:pk>/change", views.change, name="webhook_change"),
    path("settings/webhooks/<int:pk>/secret", views.renew, name="webhook_secret"),
]
