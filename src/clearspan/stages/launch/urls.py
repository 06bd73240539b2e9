from django.urls import URLPattern, path

from clearspan.stages.launch.views import battlecards, calendar, campaigns, commitments, documents, launches, meeting

BATTLECARDS = [
    path("market/competitors/<int:pk>/battlecard", battlecards.battlecard, name="battlecard"),
    path("market/competitors/<int:pk>/battlecard/print", battlecards.print_battlecard, name="print_battlecard"),
    path("market/competitors/<int:pk>/battlecard/as/<str:kind>", battlecards.battlecard_as, name="battlecard_as"),
]
LAUNCHES = [
    path("launch", launches.launches, name="launches"),
    path("launch/new", launches.new_launch, name="new_launch"),
    path("launch/mine", commitments.commitments, name="commitments"),
    path("launch/<int:pk>", launches.launch, name="launch"),
    path("launch/<int:pk>/change", launches.change_launch, name="change_launch"),
    path("launch/<int:pk>/move", launches.move_launch, name="move_launch"),
    path("launch/<int:pk>/off", launches.call_off_launch, name="call_off_launch"),
    path("launch/<int:pk>/calendar.ics", calendar.calendar, name="launch_calendar"),
    path("launch/<int:pk>/go", meeting.meeting, name="meeting"),
    path("launch/<int:pk>/ask", commitments.new_commitment, name="new_commitment"),
    path("launch/<int:pk>/asked/<int:number>", commitments.commitment, name="commitment"),
    path("launch/<int:pk>/asked/<int:number>/change", commitments.change_commitment, name="change_commitment"),
    path("launch/<int:pk>/expected/new", meeting.measure, name="new_measure"),
    path("launch/<int:pk>/expected/<int:number>", meeting.measure, name="measure"),
    path("launch/<int:pk>/expected/<int:number>/came", meeting.result, name="measure_result"),
    path("launch/<int:pk>/documents/new", documents.new_document, name="new_document"),
    path("launch/<int:pk>/documents/<int:number>", documents.document, name="document"),
    path("launch/<int:pk>/documents/<int:number>/write", documents.change_document, name="change_document"),
    path("launch/<int:pk>/documents/<int:number>/print", documents.document_to_print, name="print_document"),
    path("launch/<int:pk>/documents/<int:number>.<str:kind>", documents.document_as, name="document_as"),
]
PROMOTION: list[URLPattern] = [
    path("launch/campaigns", campaigns.campaigns, name="campaigns"),
    path("launch/campaigns/new", campaigns.plan, name="campaign_new"),
    path("launch/campaigns/<int:pk>", campaigns.campaign, name="campaign"),
    path("launch/campaigns/<int:pk>/change", campaigns.change, name="campaign_change"),
    path("launch/campaigns/<int:pk>/result", campaigns.result, name="campaign_result"),
]

urlpatterns = [*BATTLECARDS, *LAUNCHES, *PROMOTION]
