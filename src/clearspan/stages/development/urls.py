"""The pages of development. Each noun keeps its lines together."""

from django.urls import path

from clearspan.stages.development.views import items, overview, teams

urlpatterns = [
    path("development", overview.development, name="development"),
    path("development/items", items.items, name="items"),
    path("development/items/new", items.new, name="item_new"),
    path("development/items/<int:pk>", items.item, name="item"),
    path("development/items/<int:pk>/change", items.change, name="item_change"),
    path("development/teams", teams.teams, name="teams"),
    path("development/teams/<int:pk>", teams.change, name="team_change"),
    path("development/upkeep", teams.say_upkeep, name="set_upkeep_words"),
]
