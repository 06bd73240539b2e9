from django.urls import URLPattern, path

from clearspan.stages.inlife.views import beneath, cohorts, entries, forecast, kpis, pnl, promises, proposals, versions

LEDGER: list[URLPattern] = [
    path("in-life", pnl.inlife, name="inlife"),
    path("in-life/beneath", beneath.beneath, name="beneath_pnl"),
    path("in-life/progress", pnl.progress, name="ledger_progress"),
    path("in-life/forecast", forecast.forecast, name="ledger_forecast"),
    path("in-life/entries", entries.entries, name="ledger_entries"),
    path("in-life/entries/new", entries.new, name="new_ledger_entry"),
    path("in-life/entries/<int:pk>", entries.entry, name="ledger_entry"),
    path("in-life/entries/<int:pk>/change", entries.change, name="change_ledger_entry"),
    path("in-life/versions", versions.versions, name="ledger_versions"),
    path("in-life/versions/<int:pk>", versions.change, name="ledger_version"),
]
IMPROVING: list[URLPattern] = [
    path("in-life/kpis", kpis.kpis, name="kpis"),
    path("in-life/kpis/new", kpis.new, name="new_kpi"),
    path("in-life/kpis/<int:pk>", kpis.kpi, name="kpi"),
    path("in-life/kpis/<int:pk>/change", kpis.change, name="change_kpi"),
    path("in-life/kpis/<int:pk>/reading", kpis.reading, name="kpi_reading"),
    path("in-life/proposals", proposals.proposals, name="proposals"),
    path("in-life/proposals/new", proposals.new, name="new_proposal"),
    path("in-life/proposals/take-up", proposals.take_up, name="take_up"),
    path("in-life/proposals/<int:pk>", proposals.proposal, name="proposal"),
    path("in-life/proposals/<int:pk>/change", proposals.change, name="change_proposal"),
    path("in-life/proposals/<int:pk>/settle", proposals.settle, name="settle_proposal"),
    path("in-life/promises", promises.promises, name="promises"),
    path("in-life/promises/<int:pk>/ledger", promises.attribute, name="attribute"),
    path("in-life/calibration", promises.calibration, name="calibration"),
    path("in-life/cohorts", cohorts.cohorts, name="cohorts"),
]

urlpatterns = [*LEDGER, *IMPROVING]
