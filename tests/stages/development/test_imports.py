"""Exports of trackers come in as items: each system's own columns, words and dates; again, nothing doubles."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clearspan.core.actions import Refused
from clearspan.core.actor import Actor
from clearspan.core.imports.actions import run_import, start_import, undo_import
from clearspan.core.models import Import
from clearspan.stages.development.actions import link_items, start_item
from clearspan.stages.development.models import Team, WorkItem
from tests.stages.development.building import Build
from tests.world import World

Bring = Callable[..., Import]


@pytest.fixture
def build(world: World) -> Build:
    return Build.of(world)


@pytest.fixture
def bring(build: Build, settings: Any, tmp_path: Path) -> Bring:
    """Brings in a text as Devi, of a kind that is told from its columns."""
    settings.MEDIA_ROOT = tmp_path / "files"

    def bring_in(content: str, actor: Actor | None = None, kind: str = "", **options: str) -> Import:
        actor, given = actor or build.world.devi, {"product": "tideline", **options}
        file = start_import(actor, name="issues", kind=kind, content=content, options=given)
        assert file.kind == "items"
        done: Import = run_import(actor, file=file)
        assert done.status == Import.Status.DONE, [done.words, done.faults]
        return done

    return bring_in


def only() -> WorkItem:
    return WorkItem.objects.get()


PLAIN = "key,title,status,assignee,created,started,finished,labels\n"


def test_a_plain_table_is_understood_by_its_names(bring: Bring) -> None:
    bring(PLAIN + 'T-1,Draw,Done,devi,2026-03-02,2026-03-04,2026-03-09,"design, map"\n')
    item = only()
    assert (item.key, item.state, item.labels) == ("T-1", "done", ["design", "map"])
    assert (item.added_on, item.started_on, item.finished_on) == (date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 9))


def test_again_it_adds_nothing_and_changes_what_changed(bring: Bring, build: Build) -> None:
    bring(PLAIN + "T-1,Draw,To Do,,2026-03-02,,,\nT-2,Sink,To Do,,2026-03-02,,,\n")
    link_items(build.world.devi, items=list(WorkItem.objects.filter(key="T-1")), option=build.map)
    again = bring(PLAIN + "T-1,Draw,Done,,2026-03-02,,2026-03-09,\nT-2,Sink,To Do,,2026-03-02,,,\n")
    assert (again.added, again.known, again.result["updated"]) == (0, 2, 1)
    first = WorkItem.objects.get(key="T-1")
    assert (first.state, first.option, first.linked) == ("done", build.map, "hand")


def test_undone_it_takes_back_what_it_brought_and_puts_back_what_it_changed(bring: Bring, build: Build) -> None:
    bring(PLAIN + "T-1,Draw,To Do,,2026-03-02,,,\n")
    second = bring(PLAIN + "T-1,Draw all,Doing,,2026-03-02,2026-03-04,,\nT-2,Sink,To Do,,2026-03-02,,,\n")
    undo_import(build.world.devi, file=second)
    item = only()
    assert (item.title, item.state, item.started_on) == ("Draw", "todo", None)


def test_undone_it_keeps_what_somebody_has_worked_on(bring: Bring, build: Build) -> None:
    file = bring(PLAIN + "T-1,Draw,To Do,,2026-03-02,,,\nT-2,Sink,To Do,,2026-03-02,,,\n")
    start_item(build.world.devi, item=WorkItem.objects.get(key="T-1"))
    undo_import(build.world.devi, file=file)
    assert only().key == "T-1"


def test_a_reference_in_a_file_says_why(bring: Bring, build: Build) -> None:
    bring(PLAIN + f"T-1,Draw {build.shows_boats.ref},To Do,,2026-03-02,,,\n")
    assert only().requirement == build.shows_boats


def test_a_column_that_is_not_there_takes_nothing_away(bring: Bring) -> None:
    bring(PLAIN + "T-1,Draw,Doing,devi,2026-03-02,2026-03-04,,design\n")
    bring("key,title,status\nT-1,Draw all,Doing\n", kind="items")
    item = only()
    assert (item.title, item.assignee, item.labels, item.started_on) == (
        "Draw all", "devi", ["design"], date(2026, 3, 4)
    )  # fmt: skip


def test_a_status_that_is_not_known_is_said_and_dates_decide(bring: Bring) -> None:
    file = bring(PLAIN + "T-1,Draw,Frobbed,,2026-03-02,2026-03-04,,\n")
    assert (only().state, only().status) == ("doing", "Frobbed")
    assert any("“Frobbed”" in note for note in file.result["notes"])


def test_a_word_of_a_status_may_be_explained(bring: Bring) -> None:
    bring(PLAIN + "T-1,Draw,Frobbed,,2026-03-02,2026-03-04,2026-03-05,\n", **{"read:status:Frobbed": "dropped"})
    assert only().state == "dropped"


def test_dates_that_contradict_each_other_are_mended_and_said(bring: Bring) -> None:
    file = bring(PLAIN + "T-1,Draw,Done,,2026-03-02,2026-03-09,2026-03-05,\n")
    assert (only().started_on, only().finished_on) == (None, date(2026, 3, 5))
    assert any("contradict" in note for note in file.result["notes"])


def test_items_of_teams_that_count_for_themselves_are_told_apart(bring: Bring) -> None:
    bring("id,grp,cycle_time_days,created_date\n7,North,3,2026-03-02\n7,South,-1,2026-03-02\n")
    north, south = WorkItem.objects.order_by("team__name")
    assert (north.title, north.finished_on, north.state) == ("7", date(2026, 3, 5), "done")
    assert (south.finished_on, south.state) == (None, "todo")


def test_teams_of_a_file_are_made_and_go_with_it(bring: Bring, build: Build) -> None:
    file = bring("key,title,status,team\nT-1,Draw,Open,slipway\nT-2,Sink,Open,Quay\n")
    assert set(Team.objects.values_list("name", flat=True)) == {"Slipway", "Quay"}
    assert WorkItem.objects.get(key="T-1").team == build.slipway
    undo_import(build.world.devi, file=file)
    assert set(Team.objects.values_list("name", flat=True)) == {"Slipway"}


JIRA = (
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Resolution,Assignee,Created,Updated,Resolved,Due date,"
    "Labels,Labels,Sprint,Sprint,Description,Custom field (Story Points),Custom field (Epic Link),Time Spent\n"
)


def test_jira_repeats_its_columns_and_writes_its_own_dates(bring: Bring) -> None:
    bring(
        JIRA + "Draw,TIDE-1,10001,Story,Done,TIDE,Done,Devi Rao,30/Jul/18 23:33,21/Aug/18 4:14 PM,21/Aug/18 4:14 PM,"
        "01/Sep/18 12:00 AM,design,map,S 1,S 2,Words,5,TIDE-9,57600\n"
        "Harbour,TIDE-9,10009,Epic,In Review,TIDE,,,30/Jul/18 23:33,,,,,,,,,,,\n"
    )
    item = WorkItem.objects.get(key="TIDE-1")
    assert (item.external_id, item.labels, item.kind, item.state) == (
        "jira:TIDE-1", ["design", "map"], "feature", "done"
    )  # fmt: skip
    assert (item.added_on, item.finished_on, item.due_on) == (date(2018, 7, 30), date(2018, 8, 21), date(2018, 9, 1))
    assert (item.estimate, item.effort, item.parent) == (5, 2, "jira:TIDE-9")
    assert WorkItem.objects.get(key="TIDE-9").state == "doing"


def test_jira_says_by_its_resolution_that_something_was_dropped(bring: Bring) -> None:
    bring(JIRA + "Draw,TIDE-1,1,Bug,Closed,TIDE,Won't Fix,,30/Jul/18 23:33,,21/Aug/18 16:14,,,,,,,,,\n")
    assert (only().state, only().kind, only().is_upkeep) == ("dropped", "fix", True)


def test_jiras_older_exports_name_the_whole_by_its_number(bring: Bring) -> None:
    header = "Summary,Issue key,Issue id,Parent id,Issue Type,Status,Created\n"
    bring(
        header + "All,TIDE-9,10009,,Epic,Open,30/Jul/18 23:33\nPart,TIDE-1,10001,10009,Sub-task,Open,31/Jul/18 9:00\n"
    )
    assert WorkItem.objects.get(key="TIDE-1").parent == "jira:TIDE-9"


def test_the_answer_of_jiras_api_comes_in(bring: Bring) -> None:
    fields = {
        "summary": "Draw", "issuetype": {"name": "Bug"}, "labels": ["map"], "created": "2026-03-02T10:00:00.000+0000",
        "status": {"name": "Harbour master looks", "statusCategory": {"key": "indeterminate"}}, "resolution": None,
        "parent": {"key": "TIDE-9"}, "assignee": {"displayName": "Devi"}, "resolutiondate": None, "updated": None,
    }  # fmt: skip
    bring(json.dumps({"startAt": 0, "issues": [{"id": "1", "key": "TIDE-1", "fields": fields}]}))
    item = only()
    assert (item.state, item.status, item.kind, item.assignee) == ("doing", "Harbour master looks", "fix", "Devi")
    assert (item.external_id, item.parent, item.added_on) == ("jira:TIDE-1", "jira:TIDE-9", date(2026, 3, 2))


def _issue(number: int, **said: Any) -> dict[str, Any]:
    place = f"harbour/tideline/issues/{number}"
    return {
        "id": 9000 + number, "number": number, "title": f"Issue {number}", "body": "Words", "state": "open",
        "url": f"https://api.github.com/repos/{place}", "html_url": f"https://github.com/{place}",
        "user": {"login": "ines"}, "assignee": {"login": "devi"}, "labels": [{"name": "bug"}, {"name": "map"}],
        "created_at": "2026-03-02T23:30:00Z", "updated_at": "2026-03-05T08:00:00Z", "closed_at": None,
        "state_reason": None,
    } | said  # fmt: skip


def test_the_answer_of_githubs_api_comes_in_without_pull_requests(bring: Bring) -> None:
    closed = {"state": "closed", "closed_at": "2026-03-09T08:00:00Z"}
    issues = [
        _issue(1), _issue(2, **closed, state_reason="completed"), _issue(3, **closed, state_reason="not_planned"),
        _issue(4, pull_request={"url": "https://api.github.com/repos/harbour/tideline/pulls/4"}),
        _issue(5, labels=[{"name": "status: in progress"}]),
    ]  # fmt: skip
    file = bring(json.dumps(issues))
    items = {item.key: item for item in WorkItem.objects.all()}
    assert {key: item.state for key, item in items.items()} == {
        "#1": "todo", "#2": "done", "#3": "dropped", "#5": "doing"
    }  # fmt: skip
    first = items["#1"]
    assert (first.external_id, first.kind, first.assignee) == ("github:harbour/tideline#1", "fix", "devi")
    assert any("pull request" in note for note in file.result["notes"])


def test_what_gh_writes_is_the_same_item(bring: Bring) -> None:
    bring(json.dumps([_issue(1)]))
    said = {
        "number": 1, "title": "Issue 1", "body": "Words", "state": "CLOSED", "stateReason": "COMPLETED",
        "url": "https://github.com/harbour/tideline/issues/1", "labels": [{"id": "x", "name": "map"}],
        "assignees": [{"login": "devi", "name": ""}], "createdAt": "2026-03-02T23:30:00Z",
        "closedAt": "2026-03-09T08:00:00Z", "updatedAt": "2026-03-09T08:00:00Z",
    }  # fmt: skip
    file = bring(json.dumps([said]))
    assert (file.added, file.result["updated"]) == (0, 1)
    assert (only().state, only().finished_on, only().labels, only().assignee) == (
        "done", date(2026, 3, 9), ["map"], "devi"
    )  # fmt: skip


GITLAB = (
    "Title,Description,Issue ID,URL,State,Author,Assignee,Confidential,Locked,Due Date,Created At (UTC),"
    "Updated At (UTC),Closed At (UTC),Milestone,Weight,Labels,Time Estimate,Time Spent\n"
)


def test_gitlabs_export_and_its_api_name_the_same_item(bring: Bring) -> None:
    url = "https://gitlab.example.org/harbour/tideline/-/issues/7"
    bring(
        GITLAB + f"Draw,Words,7,{url},Closed,ines,Devi Rao,No,No,,2026-03-02 10:00:00,2026-03-09 10:00:00,"
        '2026-03-09 10:00:00,,3,"type::bug,map",0,28800\n'
    )
    item = only()
    assert (item.external_id, item.key, item.state) == ("gitlab:harbour/tideline#7", "#7", "done")
    assert (item.estimate, item.effort, item.kind, item.finished_on) == (3, 1, "fix", date(2026, 3, 9))
    issue = {
        "id": 70, "iid": 7, "project_id": 3, "title": "Draw", "description": "Words", "state": "opened",
        "created_at": "2026-03-02T10:00:00Z", "updated_at": "2026-04-01T10:00:00Z", "closed_at": None,
        "labels": ["type::bug", "map"], "assignee": {"name": "Devi Rao"}, "web_url": url, "weight": 3,
        "time_stats": {"total_time_spent": 28800}, "issue_type": "issue", "due_date": None,
    }  # fmt: skip
    bring(json.dumps([issue]))
    assert (only().state, only().finished_on) == ("todo", None)


def test_linears_export_comes_in_with_its_javascript_dates(bring: Bring) -> None:
    header = (
        '"ID","Team","Title","Description","Status","Estimate","Assignee","Labels","Cycle Number","Created","Updated",'
        '"Started","Completed","Canceled","Due Date","Parent issue"\n'
    )
    at = '"Wed May 13 2026 11:21:41 GMT+0000 (GMT+00:00)"'
    bring(
        header + f'"TID-1","TID","Draw","","Done",2,"devi@example.org","Bug","1",{at},{at},{at},{at},"","",""\n'
        f'"TID-2","TID","Sink","","Canceled","","","","",{at},{at},"","",{at},"","TID-1"\n'
    )
    first, second = WorkItem.objects.order_by("key")
    day = date(2026, 5, 13)
    assert (first.external_id, first.state, first.started_on, first.finished_on) == ("linear:TID-1", "done", day, day)
    assert (second.state, second.finished_on, second.parent) == ("dropped", day, "linear:TID-1")
    assert first.team is not None
    assert first.team.name == "TID"


def test_a_card_of_trello_stands_where_its_list_does(bring: Bring) -> None:
    cards = [
        ("Draw", "l1", False),
        ("Sink", "l2", False),
        ("Swim", "l3", True),
        ("Dive", "l1", True),
        ("Row", "l4", False),
    ]
    bring(json.dumps({
        "id": "board", "name": "Harbour",
        "lists": [{"id": f"l{i}", "name": name} for i, name in enumerate(("To do", "In progress", "Done", "Bay"), 1)],
        "members": [{"id": "m1", "fullName": "Ada Nyberg", "username": "ada"}],
        "cards": [
            {"id": f"c{i}", "name": name, "desc": "", "idList": place, "idBoard": "board", "closed": closed,
             "idMembers": ["m1"], "labels": [], "due": None, "dateLastActivity": "2026-05-13T11:21:41.000Z"}
            for i, (name, place, closed) in enumerate(cards)
        ],
    }), kind="items")  # fmt: skip
    found = {item.title: (item.state, item.status, item.assignee) for item in WorkItem.objects.all()}
    assert found == {
        "Draw": ("todo", "To do", "Ada Nyberg"), "Sink": ("doing", "In progress", "Ada Nyberg"),
        "Swim": ("done", "Done", "Ada Nyberg"), "Dive": ("dropped", "To do", "Ada Nyberg"),
        "Row": ("todo", "Bay", "Ada Nyberg"),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["Name", "Title"])
def test_actionableagile_has_a_column_a_stage(bring: Bring, name: str) -> None:
    bring(
        f"ID,Link,{name},Ready,In Progress,In Review,Done,Type\n"
        "A-1,https://example.org/A-1,Draw,2026-03-02,2026-03-04,2026-03-06,2026-03-09,Story\n"
        "A-2,https://example.org/A-2,Sink,2026-03-02,,2026-03-06,,Bug\n"
        "A-3,https://example.org/A-3,Swim,2026-03-02,,,,Bug\n"
    )
    found = {
        item.key: (item.state, item.added_on, item.started_on, item.finished_on) for item in WorkItem.objects.all()
    }
    up, first, last = date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 9)
    assert found == {
        "A-1": ("done", up, first, last), "A-2": ("doing", up, date(2026, 3, 6), None), "A-3": ("todo", up, None, None)
    }  # fmt: skip


def test_what_names_no_item_is_refused_and_does_not_become_one(build: Build, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    file = start_import(
        build.world.devi, name="x", kind="items", content="status,body\nOpen,One\nOpen,Two\n",
        options={"product": "tideline"},
    )  # fmt: skip
    done = run_import(build.world.devi, file=file)
    assert done.status == Import.Status.FAILED
    assert "nothing that names an item" in str(done.faults)
    assert not WorkItem.objects.exists()


def test_what_a_collector_has_wrapped_is_the_same_item(bring: Bring) -> None:
    bring(json.dumps([_issue(1)]))
    wrapped = {"backend_name": "GitHub", "perceval_version": "0.12.9", "category": "issue", "uuid": "ab"}
    file = bring(json.dumps([wrapped | {"data": _issue(1)}]))
    assert (file.added, file.known) == (0, 1)


def test_a_merge_request_among_issues_is_left_out(bring: Bring) -> None:
    place = "https://gitlab.example.org/harbour/tideline/-"
    rows = [
        {"iid": iid, "project_id": 3, "title": "Draw", "state": "opened", "web_url": f"{place}/{what}/{iid}"}
        for iid, what in ((7, "issues"), (8, "merge_requests"))
    ]
    file = bring(json.dumps(rows))
    assert only().key == "#7"
    assert any("pull request" in note for note in file.result["notes"])


def test_who_does_not_build_brings_nothing_in(bring: Bring, build: Build) -> None:
    with pytest.raises(Refused):
        bring(PLAIN + "T-1,Draw,Done,,2026-03-02,,,\n", actor=build.world.otto)


def test_a_team_may_be_said_for_the_whole_file(bring: Bring, build: Build) -> None:
    bring(PLAIN + "T-1,Draw,To Do,,2026-03-02,,,\n", team=build.slipway.ref)
    assert only().team == build.slipway
