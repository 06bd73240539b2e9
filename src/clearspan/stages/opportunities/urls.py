from django.urls import path

from clearspan.stages.opportunities.views import comparison, listing, mentions, need, study, themes

urlpatterns = [
    path("market/comparison", comparison.comparison, name="comparison"),
    path("market/comparison/<int:pk>", comparison.need_standing, name="need_standing"),
    path("opportunities", listing.index, name="opportunities"),
    path("opportunities/new", need.new, name="opportunity_new"),
    path("opportunities/themes", themes.index, name="themes"),
    path("opportunities/under-way/<str:kind>", study.progress, name="study_progress"),
    path("opportunities/studies", study.index, name="demand_studies"),
    path("opportunities/studies/<int:pk>", study.page, name="demand_study"),
    path("opportunities/studies/<int:pk>/<str:table>.csv", study.inputs, name="demand_study_inputs"),
    path("opportunities/studies/<int:pk>/result.json", study.result, name="demand_study_result"),
    path("opportunities/<int:pk>", need.show, name="opportunity"),
    path("opportunities/<int:pk>/change", need.change, name="opportunity_change"),
    path("opportunities/<int:pk>/mentions", mentions.index, name="opportunity_mentions"),
    path("opportunities/<int:pk>/mentions/<int:mention>", mentions.change, name="mention_change"),
]
