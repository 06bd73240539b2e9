"""What a column of a tracker's export can be, and the words by which systems call it."""

from __future__ import annotations

from clearspan.core.imports.kinds import Field
from clearspan.core.imports.values import Day, Flag, Link, Moment, Number, Text

FIELDS = (
    Field("key", "Key", Text(80, cut=True), "What people call it there, such as TIDE-12.",
          synonyms="issuekey ticket ticketid issueid identifier number iid id reference taskid cardid"),
    Field("number", "Number there", Text(80, cut=True), "Its inner number, by which parts name their whole."),
    Field("url", "Address", Link(), "Where it can be read.", synonyms="htmlurl weburl link permalink issueurl"),
    Field("title", "Title", Text(300, cut=True), synonyms="summary name subject task story issue description1"),
    Field("text", "Text", Text(rich=True), "RQ-12 or OT-4 in it says why it is built.",
          synonyms="description body details content notes"),
    Field("kind", "Kind", Text(80, cut=True), "Bug, story, epic ... as it is called there.",
          synonyms="issuetype type tracker trackername category workitemtype"),
    Field("status", "Status", Text(80, cut=True), "Understood where its word is known.",
          synonyms="state column list stage statusname currentstate"),
    Field("category", "Group of its status", Text(80, cut=True), "Such as To Do, In Progress, Done.",
          synonyms="statuscategory"),
    Field("resolution", "Resolution", Text(80, cut=True), "Fixed, or why it was not done.",
          synonyms="statereason closereason"),
    Field("assignee", "Who does it", Text(120, cut=True),
          synonyms="assignedto assignedtoname assignees owner assigneename responsible developer"),
    Field("labels", "Labels", Text(400, cut=True), "Several columns, or words separated by commas.", many=True,
          synonyms="label tags tag keywords components component"),
    Field("team", "Team", Text(80, cut=True), "Made when it is not here yet.",
          synonyms="teamname squad group grp board"),
    Field("estimate", "Estimate", Number(), "In the team's own points.",
          synonyms="storypoints storypointestimate points weight size estimation sp"),
    Field("effort", "Effort, person-days", Number(), "Days that people spent.",
          synonyms="effortdays persondays dayspent actualeffort actualdays"),
    Field("seconds", "Effort, seconds", Number(), "Time spent as trackers count it; eight hours are a day.",
          synonyms="timespent totaltimespent timespentseconds aggregatetimespent"),
    Field("added_on", "Came up on", Day(), synonyms="created createdat createddate createdon dateadded opened openedat "
          "added createdatutc creationdate createtime"),
    Field("started_on", "Started on", Day(), synonyms="started startedat startdate firstinprogress inprogress "
          "inprogressat actualstart workstarted begin"),
    Field("finished_on", "Finished on", Day(), synonyms="finished finishedat completed completedat completeddate done "
          "doneat doneon resolved resolvedat resolutiondate closed closedat closedon closeddate enddate closedatutc "
          "actualend"),
    Field("dropped_on", "Dropped on", Day(), synonyms="canceled cancelled canceledat cancelledat dropped"),
    Field("due_on", "Has to be done by", Day(), synonyms="due duedate deadline targetdate"),
    Field("changed_at", "Last changed", Moment(), synonyms="updated updatedat lastupdated modified modifiedat "
          "updatedatutc lastmodified"),
    Field("parent", "Part of", Text(200), "The key of its epic, or of what it is a part of.",
          synonyms="parentkey epiclink parentissue epic epickey parentid epicname"),
    Field("cycle_days", "Days it took", Number(), "From its start, else from when it came up; below 0: not over.",
          synonyms="cycletimedays cycletime leadtimedays leadtime"),
    Field("stage_days", "When it came into a stage", Day(), "One column a stage, in the order of the work.", many=True),
    Field("archived", "Put away", Flag(), "Over: done where its status says so, else dropped.", synonyms="isarchived"),
    Field("pull_request", "Pull request", Text(500, cut=True), "Rows with one are left out: they are no issues.",
          synonyms="pullrequest ispullrequest pullrequesturl"),
)  # fmt: skip
