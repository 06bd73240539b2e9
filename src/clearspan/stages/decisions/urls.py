from django.urls import path

from clearspan.stages.decisions import views

urlpatterns = [
    path("portfolio", views.portfolio, name="portfolio"),
    path("portfolio/plan", views.ask_for_plan, name="ask_for_plan"),
    path("portfolio/progress", views.plan_progress, name="plan_progress"),
    path("portfolio/people", views.people, name="people"),
    path("portfolio/pitch", views.pitch, name="pitch"),
    path("portfolio/<int:pk>", views.portfolio, name="plan"),
    path("portfolio/<int:pk>/plan.json", views.plan_json, name="plan_json"),
    path("roadmap", views.roadmap, name="roadmap"),
    path("decisions", views.decisions, name="decisions"),
    path("decisions/new", views.new_decision, name="new_decision"),
    path("decisions/<int:pk>", views.decision, name="decision"),
]
