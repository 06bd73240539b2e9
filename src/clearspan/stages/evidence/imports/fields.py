"""What a column of evidence can be, and the words by which systems call it."""

from __future__ import annotations

from clearspan.core.imports.kinds import Field
from clearspan.core.imports.values import Choice, Day, Flag, Link, Moment, Text
from clearspan.stages.evidence.models import Feedback

_CHANNELS = {
    Feedback.Channel.INTERVIEW: ("interviews", "user interview", "customer interview"),
    Feedback.Channel.CALL: ("phone", "phone call", "meeting", "demo", "sales call"),
    Feedback.Channel.TICKET: (
        "support",
        "support ticket",
        "email",
        "chat",
        "live chat",
        "messenger",
        "web",
        "conversation",
    ),
    Feedback.Channel.SURVEY: ("nps", "csat", "questionnaire", "poll", "in-app survey"),
    Feedback.Channel.FORUM: ("community", "community forum", "topic"),
    Feedback.Channel.PORTAL: ("ideas", "idea", "feature request", "suggestion"),
    Feedback.Channel.DEAL: ("sales", "crm", "opportunity"),
    Feedback.Channel.REVIEW: ("app store review", "reviews", "app store", "play store", "g2", "capterra"),
    Feedback.Channel.NOTE: ("notes", "manual"),
}
FIELDS = (
    Field("account", "Account", Text(160), "Who spoke: by name or identity; made when it is not here yet.",
          synonyms="accountname company companyname organization organisation organizationname customer "
          "client associatedcompany companydomain"),
    Field("account_id", "Account's identity", Text(200), "Its number in the system it comes from.",
          synonyms="accountid organizationid companyid"),
    Field("author", "Author", Text(120, cut=True), "The person who spoke.",
          synonyms="authorname createdby username user userlogin customername requester requestername "
          "submittedby reporter creator contact contactname name from email customeremail useremail"),
    Field("said_at", "Date", Moment(), "When it was said.", required=True, by_content=True,
          synonyms="date createdat created createdate createdon datereceived datecreated submittedat "
          "submitted timestamp time postedat receivedat updatedat"),
    Field("title", "Title", Text(300, cut=True),
          synonyms="subject summary topic feedbacktopic headline issue ticketname"),
    Field("text", "Text", Text(rich=True), "What was said, word for word.", by_content=True,
          synonyms="body description content message comment feedback feedbacktext review answer response "
          "details consumercomplaintnarrative verbatim note notes cooked"),
    Field("channel", "Channel", Choice(_CHANNELS, other="other"),
          "How it reached us; a word that says nothing is the file's channel.",
          synonyms="source submittedvia viachannel origin medium"),
    Field("url", "Address", Link(), "Where it can be read.", synonyms="link htmlurl permalink displayurl"),
    Field("external_id", "Identity", Text(200),
          "Its number in the system it comes from; without one, the words themselves.",
          synonyms="id ticket case casenumber reference ticketid topicid conversationid complaintid issuekey "
          "key number postid ideaid responseid feedbackid uuid recordid"),
    Field("deal", "Deal", Text(200), "Makes it the ask of a deal, named by its identity or name.",
          synonyms="dealid dealname opportunity opportunityid opportunityname"),
    Field("needed_by", "Needed by", Day(), "Of an ask."),
    Field("is_condition", "Is a condition", Flag(), "Of an ask: without it the deal is lost.",
          synonyms="dealbreaker blocker musthave"),
)  # fmt: skip
