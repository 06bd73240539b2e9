from django.urls import path

from clearspan.interfaces.imports import views

urlpatterns = [
    path("imports", views.index, name="imports"),
    path("imports/new", views.new, name="import_new"),
    path("imports/<int:pk>", views.page_of, name="import_page"),
    path("imports/<int:pk>/match", views.match, name="import_match"),
    path("imports/<int:pk>/undo", views.undo, name="import_undo"),
    path("imports/<int:pk>/discard", views.discard, name="import_discard"),
    path("imports/<int:pk>/progress", views.progress, name="import_progress"),
]
