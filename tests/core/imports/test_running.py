"""A file comes in whole or not at all, once, and can be taken back."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.utils import timezone

from clearspan.catalogue.models import Account, MarketSize, Segment
from clearspan.core.actions import Invalid, NotThere
from clearspan.core.imports import files, jobs, progress, running
from clearspan.core.imports.actions import discard_import, match_columns, run_import, undo_import
from clearspan.core.imports.kinds import Kind, registry
from clearspan.core.imports.staging import Staging
from clearspan.core.models import Change, Event, Import, ImportProgress
from clearspan.core.undo import undo
from clearspan.stages.evidence.models import Ask, Feedback
from clearspan.stages.opportunities.models import Mention, Opportunity
from tests.core.imports.conftest import Begin
from tests.world import World

HEARD = """id,company,author,date,title,text,channel,tags
1,northmole  MARINA,Ann,2026-03-01,Slow,The map takes a minute.,ticket,a
2,Quay West,Bo,2026-03-02T10:00:00Z,,We book berths twice.,phone,b
3,,Cy,2026-03-03,Only a title,,smoke,
"""
TIDELINE = {"product": "tideline"}


def test_evidence_comes_in_with_its_accounts(world: World, bring: Begin) -> None:
    file = bring(world.sol, HEARD, options={**TIDELINE, "segment": "Marinas"})
    assert (file.status, file.rows, file.added, file.known) == ("done", 3, 3, 0)
    assert file.result["made"] == {"accounts": 1}
    one, two, three = Feedback.objects.filter(brought_by=file).order_by("said_at")
    assert one.account == world.northmole
    assert (one.author, one.title, one.text, one.channel) == ("Ann", "Slow", "The map takes a minute.", "ticket")
    assert two.account is not None
    assert (two.account.name, two.account.segment, two.channel) == ("Quay West", world.marinas, "call")
    assert (three.account, three.title, three.text, three.channel) == (None, "", "Only a title", "note")
    assert {piece.recorder for piece in (one, two, three)} == {world.sol.person}


def test_nothing_of_an_import_is_left_but_its_rows(world: World, bring: Begin) -> None:
    bring(world.sol, HEARD, options=TIDELINE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('staged'), to_regclass('words')")
        assert cursor.fetchone() == (None, None)


def test_what_came_in_is_found_by_its_words(world: World, bring: Begin) -> None:
    bring(world.sol, HEARD, options=TIDELINE)
    by_trigger = Feedback.objects.create(
        product=world.tideline, said_at=timezone.now(), title="Slow", text="The map takes a minute."
    )
    words = Feedback.objects.filter(text=by_trigger.text).values_list("search", flat=True)
    assert len(words) == 2
    assert len(set(words)) == 1
    assert Feedback.objects.filter(search="berth").count() == 1


def test_the_same_file_again_adds_nothing(world: World, bring: Begin) -> None:
    bring(world.sol, HEARD, options=TIDELINE)
    again = bring(world.sol, HEARD, options=TIDELINE)
    assert (again.added, again.known) == (0, 3)
    assert again.words == "0 pieces of evidence added, 3 were here already"
    assert Feedback.objects.count() == 3


def test_rows_without_an_identity_are_known_by_what_they_say(world: World, bring: Begin) -> None:
    text = "date,text\n2026-03-01,Too slow.\n2026-03-01,Too slow.\n2026-03-02,Too slow.\n"
    assert bring(world.sol, text, options=TIDELINE).added == 2
    assert bring(world.sol, text, options=TIDELINE).added == 0


def test_the_same_identity_in_another_product_is_another_piece(world: World, bring: Begin) -> None:
    bring(world.ines, HEARD, options=TIDELINE)
    assert bring(world.ines, HEARD, options={"product": "umbra"}).added == 3


def test_one_faulty_row_refuses_the_whole_file_with_its_place(world: World, bring: Begin) -> None:
    file = bring(world.sol, "date,text\n2026-03-01,Fine.\n2026-02-30,Not a day.\nx\n", options=TIDELINE)
    assert (file.status, file.faulty) == ("failed", 2)
    assert file.words.startswith("Nothing was brought in: 2 rows of 3")
    assert file.faults[0] == {
        "row": 3, "column": "date", "found": "“2026-02-30”", "expected": "a date such as 2026-03-31",
    }  # fmt: skip
    assert not Feedback.objects.exists()


def test_faulty_rows_are_left_out_when_that_is_said(world: World, bring: Begin) -> None:
    file = bring(world.sol, "date,text\n2026-03-01,Fine.\n2026-02-30,No.\n", options=TIDELINE, skip_faulty=True)
    assert (file.status, file.added, file.faulty) == ("done", 1, 1)
    assert "1 faulty row left out" in file.words


def test_a_file_that_is_torn_at_its_beginning_is_not_taken(world: World, begin: Begin) -> None:
    with pytest.raises(Invalid, match="Row 3 is torn"):
        begin(world.sol, 'date,text\n2026-03-01,Fine.\n2026-03-02,"open\n', options=TIDELINE)
    assert not Import.objects.exists()


def test_a_file_that_is_torn_further_on_brings_nothing_and_says_where(world: World, bring: Begin) -> None:
    rows = "2026-03-01,Fine.\n" * 1_200
    file = bring(world.sol, f'date,text\n{rows}2026-03-02,"open\n', options=TIDELINE, skip_faulty=True)
    assert file.status == "failed"
    assert "Row 1202 is torn" in file.words
    assert not Feedback.objects.exists()


def test_dates_that_can_be_read_in_two_ways_need_an_answer(world: World, begin: Begin) -> None:
    file = begin(world.sol, "date,text\n03/04/2026,One.\n", options=TIDELINE)
    with pytest.raises(Invalid, match="03/04/2026"):
        run_import(world.sol, file=file)
    match_columns(world.sol, file=file, options={"dates": "dmy"})
    assert run_import(world.sol, file=file).added == 1
    assert Feedback.objects.get().said_at.month == 4


def test_columns_can_be_said_to_be_something_else(world: World, begin: Begin) -> None:
    file = begin(world.sol, "author,date,text\nAnn,2026-03-01,One.\n", options=TIDELINE, mapping={"author": "account"})
    assert run_import(world.sol, file=file).added == 1
    assert Feedback.objects.get().account.name == "Ann"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"nope": "text"}, "no column"),
        ({"date": "nope"}, "no field"),
        ({"date": "text", "text": "text"}, "two columns"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(world: World, begin: Begin, mapping: dict[str, str], said: str) -> None:
    file = begin(world.sol, "date,text\n2026-03-01,One.\n", options=TIDELINE)
    with pytest.raises(Invalid, match=said):
        match_columns(world.sol, file=file, mapping=mapping)


def test_a_value_can_be_given_for_all_rows(world: World, bring: Begin) -> None:
    bring(world.sol, "text\nOne thing that was said.\n", options={**TIDELINE, "all:said_at": "2026-03-01"})
    assert Feedback.objects.get().said_at.date().isoformat() == "2026-03-01"


def test_an_answer_nobody_asked_for_is_refused(world: World, begin: Begin) -> None:
    with pytest.raises(Invalid, match="asks no such thing"):
        begin(world.sol, HEARD, options={"colour": "red"})


def test_a_confidential_product_does_not_exist_for_who_may_not_see_it(world: World, begin: Begin) -> None:
    file = begin(world.sol, HEARD, options={"product": "umbra"})
    with pytest.raises(Invalid, match="no product “umbra”"):
        run_import(world.sol, file=file)


def test_a_customer_sees_no_import(world: World, begin: Begin) -> None:
    file = begin(world.sol, HEARD, options=TIDELINE)
    with pytest.raises(NotThere):
        run_import(world.cora, file=file)


def test_a_new_segment_gets_the_market_size_that_was_said(world: World, bring: Begin) -> None:
    options = {**TIDELINE, "segment": "Boatyards", "market_accounts": "2,000", "market_value": "750.50"}
    bring(world.sol, HEARD, options=options)
    size = MarketSize.objects.get(segment__name="Boatyards")
    assert (size.product, size.accounts, float(size.value_per_account)) == (world.tideline, 2000, 750.5)


def test_a_market_size_that_is_there_stands(world: World, bring: Begin) -> None:
    options = {**TIDELINE, "segment": "marinas", "market_accounts": "5", "market_value": "1"}
    file = bring(world.sol, HEARD, options=options)
    assert MarketSize.objects.get(segment=world.marinas).accounts == 320
    assert any("it stands" in note for note in file.result["notes"])


def test_what_names_a_deal_becomes_its_ask(world: World, bring: Begin) -> None:
    text = "date,text,deal,needed_by\n2026-03-01,A tide alarm.,saltings, 40 berths,2026-06-01\n"
    text = text.replace("saltings, 40 berths", '"saltings, 40 berths"')
    file = bring(world.sol, text, options=TIDELINE)
    ask = Ask.objects.get()
    assert (ask.deal, ask.feedback.channel, ask.wants) == (world.deal, "deal", "A tide alarm.")
    assert file.result["made"] == {"asks": 1}
    undo_import(world.sol, file=file)
    assert not Ask.objects.exists()


def test_a_deal_that_is_not_there_is_a_fault_of_its_row(world: World, bring: Begin) -> None:
    file = bring(world.sol, "date,text,deal\n2026-03-01,One.,nowhere\n", options=TIDELINE)
    assert file.faults[0]["found"] == "“nowhere”"
    assert file.status == "failed"


def test_taken_back_all_is_as_before(world: World, bring: Begin) -> None:
    before = [model.objects.count() for model in (Feedback, Account, Segment, MarketSize)]
    options = {**TIDELINE, "segment": "Boatyards", "market_accounts": "20", "market_value": "7"}
    file = undo_import(world.sol, file=bring(world.sol, HEARD, options=options))
    assert file.status == "undone"
    assert [model.objects.count() for model in (Feedback, Account, Segment, MarketSize)] == before


def test_what_others_have_built_on_stays_and_is_listed(world: World, bring: Begin) -> None:
    file = bring(world.sol, HEARD, options=TIDELINE)
    linked = Feedback.objects.get(author="Bo")
    need = Opportunity.objects.create(product=world.tideline, title="Know who lies where")
    Mention.objects.create(opportunity=need, feedback=linked)
    file = undo_import(world.sol, file=file)
    assert list(Feedback.objects.filter(brought_by=file)) == [linked]
    assert Account.objects.filter(name="Quay West").exists()  # its feedback stays
    assert file.result["kept"][0] == f"{linked.ref} {linked}"
    assert file.result["kept_count"] == 2


def test_what_somebody_has_changed_since_stays(world: World, bring: Begin) -> None:
    file = bring(world.sol, HEARD, options=TIDELINE)
    piece = Feedback.objects.get(author="Ann")
    event = Event.objects.create(person=world.otto.person, interface="screen", action="mark_sorted")
    Change.objects.create(event=event, table="evidence_feedback", row=piece.pk, before={}, after={})
    undo_import(world.sol, file=file)
    assert list(Feedback.objects.all()) == [piece]


def test_what_was_taken_back_can_come_in_again(world: World, bring: Begin) -> None:
    file = undo_import(world.sol, file=bring(world.sol, HEARD, options=TIDELINE))
    assert run_import(world.sol, file=file).added == 3


def test_an_import_is_not_run_twice_and_its_event_is_not_undone_by_rows(world: World, begin: Begin) -> None:
    file = begin(world.sol, HEARD, options=TIDELINE)
    done = run_import.perform(world.sol, file=file)
    assert done.event.summary == "file.csv: 3 pieces of evidence added"
    with pytest.raises(Invalid, match="imported already"):
        run_import(world.sol, file=file)
    with pytest.raises(Invalid, match="cannot be undone"):
        undo(world.sol, event=done.event)


def test_no_copy_of_each_row_is_kept_beside_the_rows(world: World, begin: Begin) -> None:
    done = run_import.perform(world.sol, file=begin(world.sol, HEARD, options=TIDELINE))
    assert not Change.objects.filter(event=done.event, table="evidence_feedback").exists()


def test_a_dry_run_counts_and_writes_nothing(world: World, begin: Begin) -> None:
    file = begin(world.sol, HEARD, options={**TIDELINE, "segment": "Boatyards"})
    staging = running.bring_in(world.sol, file, dry=True)
    assert (staging.added, staging.made) == (3, {"accounts": 1})
    assert not Feedback.objects.exists()
    assert not Segment.objects.filter(name="Boatyards").exists()


def test_a_discarded_import_is_gone_and_one_that_brought_something_is_not(
    world: World, bring: Begin, begin: Begin
) -> None:
    discard_import(world.sol, file=begin(world.sol, HEARD, options=TIDELINE))
    assert not Import.objects.exists()
    with pytest.raises(Invalid, match="undo it first"):
        discard_import(world.sol, file=bring(world.sol, HEARD, options=TIDELINE))


def test_a_file_can_be_json(world: World, bring: Begin) -> None:
    rows = [
        {"id": at, "created_at": 1772721000 + at, "body": f"<p>Said {at}</p>", "user": {"login": "ann"}}
        for at in range(3)
    ]
    assert bring(world.sol, json.dumps(rows), options=TIDELINE).added == 3
    assert set(Feedback.objects.values_list("text", "author")) == {(f"Said {at}", "ann") for at in range(3)}


def test_a_large_file_is_left_to_the_worker(world: World, begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "INLINE_BYTES", 10)
    file = begin(world.sol, HEARD, options=TIDELINE)
    run_import(world.sol, file=file)
    file.refresh_from_db()
    assert file.status == "waiting"
    with pytest.raises(Invalid, match="on its way"):
        run_import(world.sol, file=file)


@pytest.mark.django_db(transaction=True)
def test_the_worker_brings_it_in_as_the_person_who_asked(
    world: World, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "INLINE_BYTES", 10)
    file = begin(world.sol, HEARD, options=TIDELINE)
    run_import(world.sol, file=file)
    jobs.run(row=file.pk)
    file.refresh_from_db()
    assert (file.status, file.added) == ("done", 3)
    assert Event.objects.first().person == world.sol.person  # type: ignore[union-attr]
    jobs.run(row=file.pk)  # a job that comes twice does nothing more
    assert Feedback.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_large_import_is_taken_back_by_the_worker_too(
    world: World, bring: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "INLINE_ROWS", 1)
    file = undo_import(world.sol, file=bring(world.sol, HEARD, options=TIDELINE))
    assert (file.status, file.words) == ("waiting", "waits to be taken back")
    jobs.run(row=file.pk)
    file.refresh_from_db()
    assert file.status == "undone"
    assert not Feedback.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_how_far_a_job_is_can_be_read_while_it_works(
    world: World, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, seen = begin(world.sol, HEARD, options=TIDELINE), []
    Import.objects.filter(pk=file.pk).update(status=Import.Status.WAITING)
    monkeypatch.setattr(progress, "_EVERY", 0.0)
    kind = registry["evidence"]
    write = type(kind).write

    def watched(self: Kind, staging: Staging) -> None:
        write(self, staging)
        seen.append(ImportProgress.objects.get(file=file))

    monkeypatch.setattr(type(kind), "write", watched)
    jobs.run(row=file.pk)
    assert 0.3 < seen[0].share < 1
    assert "to be added" in seen[0].words
    assert not ImportProgress.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_run_that_died_begins_anew(world: World, begin: Begin) -> None:
    file = begin(world.sol, HEARD, options=TIDELINE)
    Import.objects.filter(pk=file.pk).update(status=Import.Status.RUNNING)
    jobs.run(row=file.pk)
    file.refresh_from_db()
    assert (file.status, file.added) == ("done", 3)


@pytest.mark.django_db(transaction=True)
def test_an_error_in_the_middle_leaves_nothing_and_is_said(
    world: World, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clearspan.stages.evidence import imports

    monkeypatch.setattr(imports, "_ASKS", "SELECT 1 / 0")
    file = begin(world.sol, HEARD, options=TIDELINE)
    Import.objects.filter(pk=file.pk).update(status=Import.Status.WAITING)
    with pytest.raises(Exception, match="division by zero"):
        jobs.run(row=file.pk)
    file.refresh_from_db()
    assert file.status == "failed"
    assert "Nothing was changed" in file.words
    assert not Feedback.objects.exists()
    assert not Account.objects.filter(name="Quay West").exists()


def test_a_file_is_kept_once_and_cleared_away_when_nothing_names_it(
    world: World, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = begin(world.sol, HEARD, options=TIDELINE)
    assert files.keep([HEARD.encode()]).digest == file.digest
    monkeypatch.setattr(files, "_UNUSED", -files._UNUSED)
    assert files.clear_away() == 0
    file.delete()
    assert files.clear_away() == 1


def test_a_file_that_is_too_large_leaves_nothing_behind(world: World, begin: Begin, settings: object) -> None:
    settings.UPLOAD_BYTES = 10  # type: ignore[attr-defined]
    with pytest.raises(files.TooLarge, match="larger than"):
        begin(world.sol, HEARD)
    assert list(files._folder().iterdir()) == []
