"""What was heard, under its product."""

from django.urls import path

from clearspan.stages.evidence.views import feedback, feeds, inbox, intelligence, interviews

urlpatterns = [
    path("inbox", inbox.inbox, name="inbox"),
    path("feedback", feedback.feedback_list, name="feedback_list"),
    path("feedback/new", feedback.record, name="record_feedback"),
    path("feedback/<int:number>", feedback.feedback, name="feedback"),
    path("feedback/<int:number>/change", feedback.change, name="change_feedback"),
    path("interviews", interviews.interviews, name="interviews"),
    path("interviews/new", interviews.record, name="record_interview"),
    path("interviews/<int:number>/change", interviews.change, name="change_interview"),
    path("intelligence", intelligence.intelligence, name="intelligence"),
    path("intelligence/new", intelligence.record, name="record_intelligence"),
    path("intelligence/feeds", feeds.feeds, name="feeds"),
    path("intelligence/feeds/new", feeds.new, name="follow_feed"),
    path("intelligence/feeds/<int:number>", feeds.change, name="change_feed"),
    path("intelligence/<int:number>", intelligence.piece, name="intelligence_piece"),
    path("intelligence/<int:number>/change", intelligence.change, name="change_intelligence"),
]
