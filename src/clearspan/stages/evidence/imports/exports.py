"""What known systems' exports of tickets, conversations and ideas look like, by their columns' plain names."""

from __future__ import annotations

from clearspan.core.imports.kinds import Export

EXPORTS = (
    Export("Zendesk tickets", frozenset({"id", "subject", "description", "requesterid", "organizationid"}),
           {"id": "external_id", "subject": "title", "description": "text", "organizationid": "account_id",
            "organizationname": "account", "createdat": "said_at"}, {"channel": "ticket"}),
    Export("Zendesk comments", frozenset({"id", "body", "created", "ticketid", "userid"}),
           {"id": "external_id", "body": "text", "created": "said_at"}, {"channel": "ticket"}),
    Export("Intercom conversations", frozenset({"id", "sourcebody", "sourcesubject", "createdat"}),
           {"id": "external_id", "sourcesubject": "title", "sourcebody": "text", "sourceauthorname": "author",
            "sourceurl": "url", "createdat": "said_at"}, {"channel": "ticket"}),
    Export("Intercom tickets", frozenset({"id", "ticketattributesdefaulttitle", "createdat"}),
           {"id": "external_id", "ticketattributesdefaulttitle": "title",
            "ticketattributesdefaultdescription": "text", "createdat": "said_at"}, {"channel": "ticket"}),
    Export("HubSpot tickets", frozenset({"id", "subject", "content", "createdate", "hspipeline"}),
           {"id": "external_id", "subject": "title", "content": "text", "createdate": "said_at"},
           {"channel": "ticket"}),
    Export("HubSpot tickets", frozenset({"ticketid", "ticketname", "createdate"}),
           {"ticketid": "external_id", "ticketname": "title", "ticketdescription": "text", "createdate": "said_at",
            "associatedcompany": "account"}, {"channel": "ticket"}),
    Export("Discourse posts", frozenset({"id", "username", "cooked", "topicid", "createdat"}),
           {"id": "external_id", "username": "author", "cooked": "text", "createdat": "said_at"}, {"channel": "forum"}),
    Export("Fider", frozenset({"number", "title", "description", "createdby", "votescount"}),
           {"number": "external_id", "title": "title", "description": "text", "createdby": "author",
            "createdat": "said_at"}, {"channel": "portal"}),
    Export("UserVoice", frozenset({"ideaid", "ideatitle", "useremailaddress", "createdtimestamp"}),
           {"ideatitle": "title", "ideadescription": "text", "useremailaddress": "author",
            "createdtimestamp": "said_at"}, {"channel": "portal"}),  # a row a voter: the idea's number names no row
    Export("Canny", frozenset({"id", "title", "details", "authorname", "boardname"}),
           {"id": "external_id", "title": "title", "details": "text", "authorname": "author", "created": "said_at",
            "url": "url"}, {"channel": "portal"}),
    Export("GitHub issues", frozenset({"number", "title", "body", "userlogin", "htmlurl"}),
           {"htmlurl": "url", "title": "title", "body": "text", "userlogin": "author", "createdat": "said_at",
            "id": "external_id"}, {"channel": "forum"}),
    Export("Trello cards", frozenset({"id", "name", "desc", "idlist", "idboard"}),
           {"id": "external_id", "name": "title", "desc": "text", "datelastactivity": "said_at", "url": "url"}),
    Export("Linear issues", frozenset({"id", "title", "description", "team", "cyclenumber"}),
           {"id": "external_id", "title": "title", "description": "text", "creator": "author", "created": "said_at"}),
)  # fmt: skip
