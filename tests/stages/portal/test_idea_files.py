"""Ideas from another tool come in with the votes of people, the source's honest total, and what was said to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from clearspan.catalogue.models import Account, Contact
from clearspan.core.actions import Invalid, Refused
from clearspan.core.imports import columns
from clearspan.core.imports.actions import run_import, undo_import
from clearspan.core.models import Import
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.portal.actions import merge_idea, vote_for_idea
from clearspan.stages.portal.models import Idea, IdeaComment, IdeaVote, Visitor
from clearspan.stages.portal.tidying import forget_old
from tests.core.imports.conftest import Begin
from tests.stages.portal.small import SYSTEM, letters, open_portal, public_idea
from tests.world import World

FIDER = """number,title,description,created_at,created_by,votes_count,comments_count,status,responded_by,responded_at,\
response,original_number,original_title,tags
3,Warn of the tide,It turns at night.,2025-03-23T19:33:22Z,Mara,14,0,open,,,,,,
5,A tide alarm,,2025-04-02T10:00:00Z,Bo,4,0,duplicate,,,,3,Warn of the tide,alarms
8,Paper charts,Print them.,2024-01-12T01:46:59Z,Mara,2,0,declined,Sol,2024-02-01T09:00:00Z,We print nothing.,,,
9,A map of berths,,2024-05-12T01:46:59Z,Kai,31,0,completed,,,,,,
11,Fuel prices,,2025-05-12T01:46:59Z,Kai,3,0,planned,,,,,,
"""
POSTS = [
    {
        "id": 70, "number": 7, "title": "Book a crane", "slug": "book-a-crane", "description": "By the hour.",
        "createdAt": "2025-02-01T08:00:00Z", "user": {"id": 1, "name": "Mara", "role": "visitor"},
        "votesCount": 4, "commentsCount": 2, "status": "open", "tags": [],
        "votes": [
            {"createdAt": "2025-02-02T08:00:00Z", "user": {"id": 2, "name": "Ada", "email": "ada@quay.example"}},
            {"createdAt": "2025-02-03T08:00:00Z", "user": {"id": 3, "name": "Bo", "email": "Bo@pier.example"}},
            {"createdAt": "2025-02-03T08:00:00Z", "user": {"id": 4, "name": "Nobody known", "email": ""}},
        ],
        "comments": [
            {"id": 1, "content": "On Sundays too?", "createdAt": "2025-02-04T08:00:00Z",
             "user": {"id": 2, "name": "Ada", "role": "visitor"}},
            {"id": 2, "content": "We look at it.", "createdAt": "2025-02-05T08:00:00Z",
             "user": {"id": 9, "name": "Ines", "role": "administrator"}},
        ],
    }
]  # fmt: skip
TOPIC = {
    "id": 41, "title": "Show the wind", "slug": "show-the-wind", "posts_count": 2, "category_id": 5,
    "created_at": "2025-01-05T08:00:00Z", "like_count": 9, "vote_count": 6,
    "post_stream": {"stream": [100, 101], "posts": [
        {"id": 100, "post_number": 1, "username": "kai", "cooked": "<p>At the <b>mole</b>.</p>", "staff": False,
         "created_at": "2025-01-05T08:00:00Z"},
        {"id": 101, "post_number": 2, "username": "sol", "cooked": "<p>Gusts as well?</p>", "staff": True,
         "created_at": "2025-01-06T08:00:00Z"},
    ]},
}  # fmt: skip
DOCS = Path(__file__).parents[3] / "docs"
PUBLIC = {"product": "tideline", "state": "public"}


def ideas(bring: Begin, who: Any, content: str, options: dict[str, str] = PUBLIC, **given: Any) -> Import:
    return bring(who, content, kind="ideas", options=options, **given)


def by_number() -> dict[str, Idea]:
    return {one.external_id: one for one in Idea.objects.all()}


def test_the_example_of_the_documentation_comes_in_whole(world: World, bring: Begin) -> None:
    open_portal(world)
    file = ideas(bring, world.ines, (DOCS / "examples" / "ideas.csv").read_text(encoding="utf-8"))
    assert (file.kind, file.added, file.faulty) == ("ideas", 8, 0)
    found = by_number()
    assert sorted(found) == ["12", "15", "17", "21", "24", "28", "30", "33"]
    assert found["24"].merged_into == found["15"]


def test_a_fider_export_is_known_by_its_columns_as_ideas() -> None:
    kind = columns.recognise(FIDER.split("\n")[0].split(","))
    assert kind is not None and kind.name == "ideas"


def test_ideas_come_in_with_the_total_of_their_source_and_nobody_is_invented(world: World, bring: Begin) -> None:
    file = ideas(bring, world.ines, FIDER)
    assert file.words == "5 ideas added"
    found = by_number()
    assert (found["3"].votes, found["3"].votes_brought, found["3"].said_at.year) == (14, 14, 2025)
    assert not IdeaVote.objects.exists() and not Visitor.objects.exists()
    assert found["3"].feedback is not None and found["3"].feedback.text == "It turns at night."
    assert found["3"].author == "", "a name given elsewhere is not published by itself"


def test_what_was_merged_there_leads_on_and_its_votes_count_once(world: World, bring: Begin) -> None:
    ideas(bring, world.ines, FIDER)
    found = by_number()
    assert (found["5"].state, found["5"].merged_into, found["5"].votes) == ("merged", found["3"], 0)
    assert found["5"].feedback.copy_of == found["3"].feedback
    assert found["3"].votes == 14


def test_done_and_declined_stand_as_said_and_planned_follows_the_roadmap(world: World, bring: Begin) -> None:
    file = ideas(bring, world.ines, FIDER)
    found = by_number()
    assert found["9"].standing == Idea.Standing.HERE
    assert (found["8"].standing, found["8"].words) == (Idea.Standing.NOT_NOW, "We print nothing.")
    assert found["11"].standing == ""
    assert any("planned" in note for note in file.result["notes"])
    (answer,) = IdeaComment.objects.filter(idea=found["8"])
    assert answer.is_ours and answer.said_at.year == 2024


def test_voters_named_by_address_are_people_and_the_rest_of_the_total_stays_a_number(
    world: World, bring: Begin
) -> None:
    quay = Account.objects.create(name="Quay Ltd")
    Contact.objects.create(account=quay, name="Ada", email="ada@quay.example")
    file = ideas(bring, world.ines, json.dumps(POSTS))
    assert file.result["made"] == {"votes": 2, "comments": 2, "visitors": 2}
    idea = Idea.objects.get()
    assert (idea.votes, idea.votes_brought, idea.cast.count()) == (4, 2, 2)
    ada = IdeaVote.objects.get(visitor__key="ada@quay.example")
    assert ada.feedback is not None and ada.feedback.account is not None
    assert ada.feedback.account.name == "Quay Ltd" and ada.feedback.said_at.day == 2
    assert [(one.text, one.is_ours) for one in idea.comments.all()] == [
        ("On Sundays too?", False), ("We look at it.", True),
    ]  # fmt: skip


def test_a_topic_of_a_forum_is_an_idea_and_its_first_post_the_text(world: World, bring: Begin) -> None:
    ideas(bring, world.ines, json.dumps(TOPIC), {**PUBLIC, "names": "show"})
    idea = Idea.objects.get()
    assert (idea.title, idea.text, idea.author, idea.votes) == ("Show the wind", "At the mole.", "kai", 6)
    (said,) = idea.comments.all()
    assert (said.text, said.author, said.is_ours) == ("Gusts as well?", "sol", True)


def test_a_dump_of_a_category_is_read_through_its_list(world: World, bring: Begin) -> None:
    topic = {name: value for name, value in TOPIC.items() if name != "post_stream"}
    dump = {"users": [{"id": 1, "username": "kai"}], "topic_list": {"topics": [topic, {**topic, "id": 42}]}}
    assert ideas(bring, world.ines, json.dumps(dump)).words == "2 ideas added"


def test_a_table_of_ones_own_may_have_a_row_a_voter(world: World, bring: Begin) -> None:
    table = "Idea,Votes,Voters\nCrane,1,ada@quay.example\nCrane,,bo@pier.example; ada+x@quay.example\nWind,2,\n"
    ideas(bring, world.ines, table)
    assert {one.title: (one.votes, one.votes_brought) for one in Idea.objects.all()} == {
        "Crane": (2, 0), "Wind": (2, 2),
    }  # fmt: skip


def test_a_second_import_adds_nothing_and_counts_nothing_twice(world: World, bring: Begin) -> None:
    ideas(bring, world.ines, json.dumps(POSTS))
    file = ideas(bring, world.ines, json.dumps(POSTS))
    assert (file.words, file.result["made"]) == ("0 ideas added, 1 was here already", {})
    idea = Idea.objects.get()
    assert (idea.votes, IdeaVote.objects.count(), IdeaComment.objects.count()) == (4, 2, 2)
    assert Feedback.objects.count() == 3


def test_who_voted_here_and_there_counts_once(world: World, bring: Begin) -> None:
    ideas(bring, world.ines, json.dumps([{**POSTS[0], "votes": [], "votesCount": 0}]))
    idea = Idea.objects.get()
    vote_for_idea(SYSTEM, idea=idea, address="ada@quay.example", confirmed=True)
    ideas(bring, world.ines, json.dumps(POSTS), update=True)
    idea.refresh_from_db()
    assert (idea.votes, idea.votes_brought) == (4, 2)


def test_a_newer_total_is_taken_only_when_asked_and_taken_back(world: World, bring: Begin) -> None:
    ideas(bring, world.ines, FIDER)
    newer = FIDER.replace("Mara,14,", "Mara,20,")
    assert ideas(bring, world.ines, newer).words.endswith("1 of these has other values here")
    assert by_number()["3"].votes == 14
    file = ideas(bring, world.ines, newer, update=True)
    assert by_number()["3"].votes == 20
    undo_import(world.ines, file=file)
    assert by_number()["3"].votes == 14


def test_what_was_brought_in_as_evidence_before_is_not_heard_again(world: World, bring: Begin) -> None:
    bring(world.ines, FIDER, kind="evidence", options={"product": "tideline"})
    ideas(bring, world.ines, FIDER)
    assert Feedback.objects.count() == 5
    assert Idea.objects.filter(feedback=None).count() == 0
    again = bring(world.ines, FIDER, kind="evidence", options={"product": "tideline"})
    assert again.added == 0


def test_undo_takes_back_everything_and_keeps_what_others_built_on(world: World, bring: Begin) -> None:
    file = ideas(bring, world.ines, json.dumps(POSTS))
    undo_import(world.ines, file=file)
    assert not Idea.objects.exists() and not Visitor.objects.exists() and not Feedback.objects.exists()
    file = ideas(bring, world.ines, FIDER)
    vote_for_idea(SYSTEM, idea=by_number()["5"], address="ada@quay.example", confirmed=True)
    undone = undo_import(world.ines, file=file)
    assert set(by_number()) == {"3", "5"}, "what was voted for stays, and what it was merged into"
    assert "kept because others have built on them" in undone.words


def test_votes_taken_back_are_no_longer_counted_on_an_idea_that_stays(world: World, bring: Begin) -> None:
    idea = public_idea(world, "Crane", external_id="7")
    file = ideas(bring, world.ines, "number,voters\n7,ada@quay.example\n7,bo@pier.example\n")
    idea.refresh_from_db()
    assert (file.words, idea.votes) == ("0 ideas added, 1 was here already", 2)
    undo_import(world.ines, file=file)
    idea.refresh_from_db()
    assert idea.votes == 0


def test_after_a_merge_here_the_same_file_adds_nothing(world: World, bring: Begin) -> None:
    two = [POSTS[0], {**POSTS[0], "number": 9, "title": "Hire a crane", "comments": []}]
    ideas(bring, world.ines, json.dumps(two))
    found = by_number()
    merge_idea(world.ines, idea=found["7"], into=found["9"])
    votes = by_number()["9"].votes
    ideas(bring, world.ines, json.dumps(two))
    assert (by_number()["9"].votes, IdeaVote.objects.count(), IdeaComment.objects.count()) == (votes, 2, 2)


def test_faults_are_kept_by_row_and_nothing_comes_in(world: World, bring: Begin) -> None:
    table = "number,title,voters\n1,Crane,ada@quay.example\n2,Wind,somebody\n3,,bo@pier.example\n"
    file = ideas(bring, world.ines, table)
    assert [(fault["row"], fault["column"]) for fault in file.faults] == [(3, "Voters’ addresses"), (4, "title")]
    assert file.status == Import.Status.FAILED and not Idea.objects.exists()
    assert run_import(world.ines, file=file, skip_faulty=True).added == 1


def test_it_is_asked_whether_they_are_public_at_once(world: World, bring: Begin, client: Client) -> None:
    open_portal(world)
    with pytest.raises(Invalid, match="say how they come in"):
        ideas(bring, world.ines, FIDER, {"product": "tideline"})
    ideas(bring, world.ines, FIDER, {"product": "tideline", "state": "waiting"})
    assert "Warn of the tide" not in client.get("/portal/tideline/ideas").content.decode()
    assert set(Idea.objects.values_list("state", flat=True)) == {"waiting"}


def test_nobody_gets_a_letter_and_a_brought_voter_is_not_forgotten(world: World, bring: Begin) -> None:
    ideas(bring, world.ines, json.dumps(POSTS))
    Visitor.objects.update(created_at="2020-01-01T00:00:00Z")
    forget_old()
    assert not letters()
    assert Idea.objects.get().cast.count() == 2


def test_the_companys_own_people_are_no_voters(world: World, bring: Begin) -> None:
    table = f"title,votes,voters\nCrane,2,{world.ines.person.email}\nCrane,,ada@quay.example\n"  # type: ignore[union-attr]
    ideas(bring, world.ines, table)
    assert Idea.objects.get().votes == 1


def test_who_has_no_part_in_the_product_brings_no_ideas(world: World, bring: Begin) -> None:
    with pytest.raises(Refused):
        ideas(bring, world.otto, FIDER)
