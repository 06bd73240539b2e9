"""The pages of definitions: what they say first, who may press what, and that nothing written is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clearspan.core.models import Function
from clearspan.stages.definition import content
from clearspan.stages.definition.actions import (
    add_requirement,
    change_definition,
    change_requirement,
    publish_version,
    start_definition,
    take_ground_away,
)
from clearspan.stages.definition.models import Definition, Requirement, SignOff
from clearspan.stages.evidence.models import Feedback
from clearspan.stages.opportunities.models import Mention, Opportunity
from clearspan.stages.options.actions import create_option
from clearspan.stages.options.models import Option
from tests.world import World


@pytest.fixture
def ines(world: World, client: Client) -> Client:
    client.force_login(world.ines.person)
    return client


@pytest.fixture
def otto(world: World) -> Client:
    client = Client()
    client.force_login(world.otto.person)
    return client


def test_the_first_line_says_how_much_is_to_be_built_and_what_of_it_stands_on_nothing(
    ines: Client, definition: Definition, wish: Requirement
) -> None:
    page = _get(ines, "definition", definition.pk)
    assert "Berth map: 2\u00a0requirements, 1 of them on no evidence. No version is published." in page
    assert "Nothing is named that asks for this" in page


def test_the_first_line_says_whom_it_waits_for(
    world: World, ines: Client, definition: Definition, shown: Requirement
) -> None:
    functions = [Function.objects.get(name=name) for name in ("Support", "Sales")]
    publish_version(world.ines, definition=definition, functions=functions)
    assert "Version 1 waits for Sales and Support." in _get(ines, "definition", definition.pk)
    change_requirement(world.ines, requirement=shown, text="By boat, too.")
    page = _get(ines, "definition", definition.pk)
    assert "Version 1 waits for Sales and Support; the text has changed since." in page
    assert "Since version 1: 1\u00a0requirement changed." in page


def test_an_option_is_defined_with_one_press(ines: Client, option: Option) -> None:
    answer = ines.post(reverse("start_definition", args=["tideline"]), {"option": option.ref}, follow=True)
    assert "Know who lies where" in answer.content.decode()
    again = ines.post(reverse("start_definition", args=["tideline"]), {"option": option.ref})
    assert again.url == reverse("definition", args=["tideline", Definition.objects.get().pk])  # type: ignore[attr-defined]


def test_only_what_was_changed_in_the_form_is_changed(world: World, ines: Client, definition: Definition) -> None:
    form = _opened(ines, "edit_definition", definition.pk)
    change_definition(world.devi, definition=definition, proof="A trial in June")  # meanwhile
    _post(ines, "edit_definition", definition.pk, **form | {"outcome": "Calm evenings\r\nfor all", "target": "40"})
    definition.refresh_from_db()
    assert (definition.outcome, definition.target) == ("Calm evenings\nfor all", 40)
    assert definition.proof == "A trial in June"


def test_what_somebody_else_wrote_meanwhile_is_shown_before_it_is_written_over(
    world: World, ines: Client, definition: Definition
) -> None:
    form = _opened(ines, "edit_definition", definition.pk)
    change_definition(world.devi, definition=definition, proof="A trial in June")
    answer = _post(ines, "edit_definition", definition.pk, **form | {"proof": "A letter"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody changed this meanwhile. It reads: “A trial in June”." in page
    assert "A letter" in page
    definition.refresh_from_db()
    assert definition.proof == "A trial in June"
    _post(ines, "edit_definition", definition.pk, **_fields(answer))  # seen, and sent again
    definition.refresh_from_db()
    assert definition.proof == "A letter"


def test_a_number_that_is_emptied_is_taken_away(world: World, ines: Client, definition: Definition) -> None:
    change_definition(world.ines, definition=definition, target=40)
    form = _opened(ines, "edit_definition", definition.pk)
    _post(ines, "edit_definition", definition.pk, **form | {"target": ""})
    definition.refresh_from_db()
    assert definition.target is None


def test_a_form_with_a_fault_keeps_what_was_written(ines: Client, definition: Definition) -> None:
    form = _opened(ines, "edit_definition", definition.pk)
    answer = _post(ines, "edit_definition", definition.pk, **form | {"target": "many", "problem": "At dusk."})
    assert answer.status_code == 422
    assert "At dusk." in answer.content.decode()


def test_markdown_is_read_as_such_and_never_run(world: World, ines: Client, definition: Definition) -> None:
    change_definition(world.ines, definition=definition, problem="**Dusk** <script>alert(1)</script>")
    for name in ("definition", "definition_document", "edit_definition"):
        page = _get(ines, name, definition.pk)
        assert "<strong>Dusk</strong>" in page
        assert "<script>alert" not in page


def test_the_preview_reads_what_is_being_written(ines: Client, definition: Definition) -> None:
    answer = _post(ines, "preview_definition", definition.pk, problem="*Still* being written")
    assert "<em>Still</em> being written" in answer.content.decode()
    definition.refresh_from_db()
    assert "Still" not in definition.problem


def test_a_requirement_is_added_with_its_criteria_one_a_line(
    ines: Client, definition: Definition, need: Opportunity
) -> None:
    lines = "- [ ] Within a minute\r\n\r\nAt night too"
    sent = {"title": "It is quick", "criteria": lines, "weight": "should", "opportunity": need.ref, "text": ""}
    _post(ines, "new_requirement", definition.pk, **sent)
    clause = content.read(definition).requirements[-1]
    assert (clause.title, clause.criteria) == ("It is quick", ("Within a minute", "At night too"))
    assert [one.ref for one in clause.grounds] == [need.ref]


def test_what_a_requirement_could_stand_on_is_offered_and_found(
    world: World, ines: Client, definition: Definition, wish: Requirement, need: Opportunity
) -> None:
    said = world.feedback("The tide was an hour off.")
    Mention.objects.create(opportunity=need, feedback=said, quote="An hour off.")
    assert need.title in _get(ines, "requirement", definition.pk, wish.pk)
    assert "The tide was an hour off." in _get(ines, "requirement", definition.pk, wish.pk)
    other: Feedback = world.feedback("My keel hit the sill.")
    assert "keel" in _get(ines, "requirement", definition.pk, wish.pk, query="?q=keel")
    assert "keel" in _get(ines, "requirement", definition.pk, wish.pk, query=f"?q={other.ref}")
    assert "Nothing has these words" in _get(ines, "requirement", definition.pk, wish.pk, query="?q=submarines")


def test_what_in_a_ground_asks_for_a_requirement_is_said_beside_it(
    ines: Client, definition: Definition, shown: Requirement, need: Opportunity
) -> None:
    sent = {"requirement": shown.ref, "opportunity": need.ref, "note": "at night, from the office"}
    ines.post(reverse("do", args=["ground_requirement"]), sent)
    assert "at night, from the office" in _get(ines, "requirement", definition.pk, shown.pk)
    assert "(at night, from the office)" in _get(ines, "definition", definition.pk)


def test_who_may_not_write_reads_and_is_offered_no_button(
    otto: Client, definition: Definition, wish: Requirement
) -> None:
    page = _get(otto, "definition", definition.pk)
    assert "New requirement" not in page
    assert reverse("publish_definition", args=["tideline", definition.pk]) not in page
    requirement = _get(otto, "requirement", definition.pk, wish.pk)
    assert "High water is right to the minute" in requirement
    assert "Save" not in requirement
    for name in ("edit_definition", "new_requirement", "publish_definition"):
        assert otto.get(reverse(name, args=["tideline", definition.pk])).status_code == 403


def test_what_changes_is_read_before_it_is_published(
    world: World, ines: Client, definition: Definition, shown: Requirement
) -> None:
    publish_version(world.ines, definition=definition)
    take_ground_away(world.ines, ground=shown.grounds.get())
    page = _get(ines, "publish_definition", definition.pk)
    assert "Version 2 of Berth map: 1\u00a0requirement changed; 1 lost its evidence." in page
    assert "Nothing asks for it any more." in page
    support = Function.objects.get(name="Support")
    _post(ines, "publish_definition", definition.pk, note="The sill", functions=[support.ref], due_on="2099-01-01")
    assert definition.versions.get(number=2).note == "The sill"
    assert SignOff.objects.get().function == support


def test_the_people_asked_sign_on_the_page_and_others_are_not_asked(
    world: World, ines: Client, otto: Client, definition: Definition
) -> None:
    publish_version(world.ines, definition=definition, functions=[Function.objects.get(name="Support")])
    assert "Support is asked to sign version 1" in _get(otto, "definition", definition.pk)
    assert "is asked to sign" not in _get(ines, "definition", definition.pk)
    otto.post(reverse("do", args=["sign_off"]), {"sign_off": SignOff.objects.get().ref, "words": "With a runbook"})
    page = _get(otto, "definition", definition.pk)
    assert "Version 1 is signed by the one function asked." in page
    assert "With a runbook" in page


def test_any_two_versions_are_compared_and_the_text_of_now(
    world: World, ines: Client, definition: Definition, shown: Requirement
) -> None:
    assert "no version yet" in _get(ines, "definition_changes", definition.pk)
    publish_version(world.ines, definition=definition)
    change_requirement(world.ines, requirement=shown, title="Know who lay where")
    publish_version(world.ines, definition=definition)
    change_requirement(world.ines, requirement=shown, text="And when")
    assert "<del>lies </del> <ins>lay </ins>" in _get(ines, "definition_changes", definition.pk)
    assert "And when" in _get(ines, "definition_changes", definition.pk, query="?from=1&to=")
    assert "These two are the same" in _get(ines, "definition_changes", definition.pk, query="?from=1&to=1")
    for strange in ("?from=9", "?to=x", "?to=²", "?from=99999999999999999999"):
        assert ines.get(reverse("definition_changes", args=["tideline", definition.pk]) + strange).status_code == 404


def test_a_version_is_read_as_it_was(world: World, ines: Client, definition: Definition, shown: Requirement) -> None:
    publish_version(world.ines, definition=definition)
    change_requirement(world.ines, requirement=shown, title="Called otherwise")
    page = _get(ines, "definition_document", definition.pk, query="?version=1")
    assert "Know who lies where" in page and "Called otherwise" not in page
    assert "working copy, not published" in _get(ines, "definition_document", definition.pk)


def test_the_list_says_where_each_stands_and_what_is_chosen_and_not_defined(
    world: World, ines: Client, definition: Definition, wish: Requirement
) -> None:
    other = create_option(world.ines, product=world.tideline, title="Tide alarm")
    Option.objects.filter(pk=other.pk).update(state="chosen")
    page = _get(ines, "definitions")
    assert "1\u00a0definition: 1 being written. 1\u00a0requirement stands on no evidence." in page
    assert "Chosen, and not defined yet" in page and "Tide alarm" in page
    assert "No definition fits" in _get(ines, "definitions", query="?q=submarine")


def test_an_empty_list_teaches(ines: Client) -> None:
    assert "A definition begins from an option that was chosen" in _get(ines, "definitions")


def test_lists_and_pages_ask_the_database_as_often_whatever_their_size(
    world: World, ines: Client, definition: Definition, need: Opportunity
) -> None:
    publish_version(world.ines, definition=definition, functions=list(Function.objects.all()[:2]))
    _get(ines, "definitions")  # the first page of a session also remembers the product
    before = [_queries(ines, name, *about) for name, about in (("definitions", ()), ("definition", (definition.pk,)))]
    for number in range(12):
        option = create_option(world.ines, product=world.tideline, title=f"Option {number}", opportunities=[need])
        publish_version(world.ines, definition=start_definition(world.ines, option=option))
        add_requirement(world.ines, definition=definition, title=f"More {number}", opportunity=need)
        publish_version(world.ines, definition=definition, functions=list(Function.objects.all()[:4]))
    after = [_queries(ines, name, *about) for name, about in (("definitions", ()), ("definition", (definition.pk,)))]
    assert after == before


def test_a_customer_finds_no_definition(world: World, client: Client, definition: Definition) -> None:
    client.force_login(world.cora.person)
    for name in ("definition", "definition_document"):
        assert client.get(reverse(name, args=["tideline", definition.pk])).status_code == 404


def _get(client: Client, name: str, *about: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=["tideline", *about]) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def _post(client: Client, name: str, *about: Any, **sent: Any) -> HttpResponse:
    answer = client.post(reverse(name, args=["tideline", *about]), sent)
    assert answer.status_code in (200, 302, 422), answer.status_code
    return answer  # type: ignore[return-value]


def _opened(client: Client, name: str, *about: Any) -> dict[str, str]:
    """The fields of a form as a browser has them when it is opened, the unseen ones too."""
    return _fields(client.get(reverse(name, args=["tideline", *about])))


def _fields(answer: Any) -> dict[str, str]:
    form = answer.context["form"]
    fields: dict[str, str] = {}
    for one in form:
        fields[one.html_name] = _plain(one.value())
        seen = form.data.get(one.html_initial_name) if form.is_bound else one.initial
        fields[one.html_initial_name] = _plain(seen)
    return fields


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _queries(client: Client, name: str, *about: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        _get(client, name, *about)
    return len(asked)
