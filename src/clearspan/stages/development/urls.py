"""The pages of development. Each noun keeps its lines together."""

from django.urls import path

from clearspan.stages.development.views import drift, forecast, items, overview, suppliers, supply, teams, trackers

urlpatterns = [
    path("development", overview.development, name="development"),
    path("development/items", items.items, name="items"),
    path("development/items/new", items.new, name="item_new"),
    path("development/items/<int:pk>", items.item, name="item"),
    path("development/items/<int:pk>/change", items.change, name="item_change"),
    path("development/teams", teams.teams, name="teams"),
    path("development/teams/<int:pk>", teams.change, name="team_change"),
    path("development/trackers", trackers.trackers, name="trackers"),
    path("development/trackers/new", trackers.connect, name="tracker_new"),
    path("development/trackers/<int:pk>", trackers.tracker, name="tracker"),
    path("development/trackers/<int:pk>/change", trackers.change, name="tracker_change"),
    path("development/pulls/<int:pk>", trackers.pull, name="pull"),
    path("development/pulls/<int:pk>/progress", trackers.progress, name="pull_progress"),
    path("development/forecast", forecast.forecast, name="forecast"),
    path("development/forecast/progress", forecast.forecast_progress, name="forecast_progress"),
    path("development/upkeep", teams.say_upkeep, name="set_upkeep_words"),
    path("suppliers", suppliers.suppliers, name="suppliers"),
    path("suppliers/new", suppliers.new, name="supplier_new"),
    path("suppliers/<int:pk>", suppliers.supplier, name="supplier"),
    path("suppliers/<int:pk>/change", suppliers.change, name="supplier_change"),
    path("suppliers/<int:pk>/contacts/new", suppliers.new_contact, name="supplier_contact_new"),
    path("suppliers/<int:pk>/contacts/<int:contact>", suppliers.contact, name="supplier_contact"),
    path("suppliers/<int:pk>/contacts/<int:contact>/invite", suppliers.invite, name="supplier_invite"),
    path("suppliers/<int:pk>/quotes/new", supply.ask, name="quote_new"),
    path("suppliers/quotes/<int:pk>", supply.quote, name="quote"),
    path("suppliers/<int:pk>/milestones/new", supply.agree, name="milestone_new"),
    path("suppliers/milestones/<int:pk>", supply.milestone, name="milestone"),
    path("suppliers/milestones/<int:pk>/change", supply.change, name="milestone_change"),
    path("development/drift", drift.drift, name="drift"),
    path("development/drift/line", drift.line, name="drift_line"),
    path("development/drift/note", drift.write_note, name="write_note"),
    path("development/drift/<int:pk>", drift.note, name="drift_note"),
]
