from django.urls import path

from clearspan.stages.decisions.views import pages as views
from clearspan.stages.decisions.views import roadmap

urlpatterns = [
    path("portfolio", views.portfolio, name="portfolio"),
    path("portfolio/plan", views.ask_for_plan, name="ask_for_plan"),
    path("portfolio/progress", views.plan_progress, name="plan_progress"),
    path("portfolio/people", views.people, name="people"),
    path("portfolio/pitch", views.pitch, name="pitch"),
    path("portfolio/<int:pk>", views.portfolio, name="plan"),
    path("portfolio/<int:pk>/plan.json", views.plan_json, name="plan_json"),
    path("roadmap", roadmap.roadmap, name="roadmap"),
    path("roadmap/move/<int:pk>", roadmap.move, name="move_on_roadmap"),
    path("roadmap/<int:pk>/<str:audience>", roadmap.word, name="word_for_roadmap"),
    path("decisions", views.decisions, name="decisions"),
    path("decisions/new", views.new_decision, name="new_decision"),
    path("decisions/<int:pk>", views.decision, name="decision"),
]
