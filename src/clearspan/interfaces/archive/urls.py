from django.urls import path

from clearspan.interfaces.archive import views

urlpatterns = [
    path("settings/export", views.index, name="exports"),
    path("settings/export/<int:pk>/progress", views.progress, name="export_progress"),
    path("settings/export/<int:pk>/download", views.download, name="export_download"),
]
