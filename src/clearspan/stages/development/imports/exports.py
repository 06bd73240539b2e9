"""What known trackers' exports look like, by their columns' plain names."""

from __future__ import annotations

from clearspan.core.imports.kinds import Export
from clearspan.stages.development.imports.fields import FIELDS

_DATES = {"createdat": "added_on", "closedat": "finished_on", "updatedat": "changed_at"}
_GITHUB = _DATES | {
    "number": "key", "title": "title", "body": "text", "state": "status", "statereason": "resolution",
    "labels": "labels", "typename": "kind", "pullrequesturl": "pull_request", "ispullrequest": "pull_request",
}  # fmt: skip
_JIRA = {
    "summary": "title", "description": "text", "labels": "labels", "resolution": "resolution", "assignee": "assignee",
    "created": "added_on", "resolved": "finished_on", "updated": "changed_at", "duedate": "due_on",
    "timespent": "seconds", "storypoints": "estimate", "storypointestimate": "estimate", "actualstart": "started_on",
}  # fmt: skip
_DAYS = {  # columns that are called after a day of their own; "Resolved" and "Closed" may be stages
    name: one.name
    for one in FIELDS
    if one.name in ("added_on", "started_on", "finished_on", "dropped_on", "due_on", "changed_at")
    for name in one.synonyms.split()
    if one.name in ("added_on", "due_on", "changed_at") or name.endswith(("at", "on", "date", "utc"))
}
_STAGED = {
    "id": "key", "link": "url", "type": "kind", "issuetype": "kind", "labels": "labels", "team": "team",
    "resolution": "resolution", "estimate": "estimate", "storypoints": "estimate", "assignee": "assignee",
}  # fmt: skip
_SOMEBODY_SPOKE = frozenset(
    "date author user username email name company account customer organization organisation "  # noqa: SIM905 words
    "text body description content message comment comments feedback review details posts replies votes".split()
)

EXPORTS = (
    Export("GitHub issues", frozenset({"number", "title", "body", "userlogin", "htmlurl", "state"}),
           _GITHUB | {"htmlurl": "url", "assigneelogin": "assignee"}, {"system": "github"}),
    Export("GitHub issues", frozenset({"number", "title", "state", "url", "createdat", "labels"}),  # gh --json
           _GITHUB | {"url": "url", "assignees": "assignee"}, {"system": "github"}),
    Export("GitLab issues", frozenset({"title", "issueid", "url", "state", "createdatutc"}),
           {"title": "title", "description": "text", "issueid": "key", "url": "url", "state": "status",
            "assignee": "assignee", "duedate": "due_on", "createdatutc": "added_on", "updatedatutc": "changed_at",
            "closedatutc": "finished_on", "weight": "estimate", "labels": "labels", "timespent": "seconds",
            "type": "kind"}, {"system": "gitlab"}),
    Export("GitLab issues", frozenset({"iid", "title", "state", "weburl", "projectid"}),
           _DATES | {"iid": "key", "title": "title", "description": "text", "weburl": "url", "state": "status",
            "assigneename": "assignee", "duedate": "due_on", "weight": "estimate", "labels": "labels",
            "timestatstotaltimespent": "seconds", "issuetype": "kind"}, {"system": "gitlab"}),
    Export("Jira issues", frozenset({"summary", "issuekey", "issuetype", "status"}),
           _JIRA | {"issuekey": "key", "issueid": "number", "issuetype": "kind", "status": "status",
            "statuscategory": "category", "parentkey": "parent", "epiclink": "parent", "parent": "parent",
            "parentid": "parent"}, {"system": "jira"}),
    Export("Jira issues", frozenset({"key", "summary", "issuetypename", "statusname"}),  # its API's answer
           _JIRA | {"key": "key", "id": "number", "issuetypename": "kind", "statusname": "status",
            "statusstatuscategorykey": "category", "resolutionname": "resolution",
            "assigneedisplayname": "assignee", "resolutiondate": "finished_on", "parentkey": "parent"},
           {"system": "jira"}),
    Export("Linear issues", frozenset({"id", "team", "title", "status", "created", "cyclenumber"}),
           {"id": "key", "team": "team", "title": "title", "description": "text", "status": "status",
            "estimate": "estimate", "assignee": "assignee", "labels": "labels", "created": "added_on",
            "updated": "changed_at", "started": "started_on", "completed": "finished_on", "canceled": "dropped_on",
            "duedate": "due_on", "parentissue": "parent"}, {"system": "linear"}),
    Export("Trello cards", frozenset({"id", "name", "idlist", "idboard"}),
           {"id": "key", "name": "title", "desc": "text", "url": "url", "labels": "labels", "due": "due_on",
            "start": "started_on", "datelastactivity": "changed_at", "list": "status", "members": "assignee",
            "closed": "archived"}),
    Export("ActionableAgile", frozenset({"id", "link", "name"}), _STAGED | {"name": "title"}, dated="stage_days"),
    Export("ActionableAgile", frozenset({"id", "link", "title"}), _STAGED | _DAYS | {"title": "title"},
           dated="stage_days", unless=_SOMEBODY_SPOKE),
)  # fmt: skip
