from django.urls import path

from clearspan.stages.options import views

urlpatterns = [
    path("options", views.options, name="options"),
    path("options/new", views.new_option, name="new_option"),
    path("options/<int:pk>", views.option, name="option"),
    path("options/<int:pk>/change", views.edit_option, name="edit_option"),
    path("options/<int:pk>/case", views.case, name="option_case"),
    path("options/<int:pk>/driver", views.driver, name="option_driver"),
    path("options/<int:pk>/effort", views.effort, name="option_effort"),
    path("options/<int:pk>/progress", views.study_progress, name="option_progress"),
    path("options/<int:pk>/study.json", views.study, name="option_study"),
]
