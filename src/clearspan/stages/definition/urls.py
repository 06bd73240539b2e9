from django.urls import path

from clearspan.stages.definition.views import comparison, documents, one, requirements, versions

urlpatterns = [
    path("market/comparison/requirements", comparison.comparison, name="requirement_comparison"),
    path("market/comparison/requirements/<int:pk>", comparison.requirement_standing, name="requirement_standing"),
    path("definition", one.definitions, name="definitions"),
    path("definition/start", one.start, name="start_definition"),
    path("definition/<int:pk>", one.definition, name="definition"),
    path("definition/<int:pk>/change", one.edit, name="edit_definition"),
    path("definition/<int:pk>/preview", one.preview, name="preview_definition"),
    path("definition/<int:pk>/publish", versions.publish, name="publish_definition"),
    path("definition/<int:pk>/ask", versions.ask, name="ask_for_sign_off"),
    path("definition/<int:pk>/changes", versions.changes, name="definition_changes"),
    path("definition/<int:pk>/document", documents.document, name="definition_document"),
    path("definition/<int:pk>/as/<str:kind>", documents.download, name="definition_as"),
    path("definition/<int:pk>/requirements/new", requirements.new, name="new_requirement"),
    path("definition/<int:pk>/requirements/<int:number>", requirements.requirement, name="requirement"),
]
