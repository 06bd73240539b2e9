"""A definition leaves as a document, as Markdown and as issues, and what people wrote runs in none of them."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from clearspan.core.actions import Invalid
from clearspan.core.models import Function
from clearspan.stages.definition import exports
from clearspan.stages.definition.actions import change_definition, change_requirement, publish_version, sign_off
from clearspan.stages.definition.exports import document, jira_wiki
from clearspan.stages.definition.exports.subject import standing, subject
from clearspan.stages.definition.models import Definition, Requirement, SignOff
from clearspan.stages.opportunities.models import Opportunity
from tests.world import World

HOSTILE = '#import "/etc/passwd"\n\n`#read("/etc/hostname")` $x$ <b> =1+1 /close @ref\n\n/assign @ines'


def test_a_document_has_the_text_the_measure_the_requirements_and_why(
    world: World, definition: Definition, wish: Requirement
) -> None:
    definition = change_definition(
        world.ines, definition=definition, measure="Double bookings", baseline=12, target=0, unit="a year",
        measured_by=date(2026, 12, 31), audience="Harbour masters",
    )  # fmt: skip
    made = document.of(subject(world.ines, definition))
    assert made.answer == "Berth map: 2\u00a0requirements, 1 of them on no evidence."
    assert [part.heading for part in made.parts] == ["Problem", "Outcome", "Requirements", "For whom"]
    assert ("Target", "0 a year") in made.parts[1].pairs
    proposed, other = made.parts[2].entries
    assert "“Know who lies where”" in proposed.foot and not proposed.warns
    assert other.points == ("High water is right to the minute",) and other.warns


def test_what_is_not_written_has_no_heading(world: World, definition: Definition) -> None:
    definition = change_definition(world.ines, definition=definition, problem="")
    assert "Problem" not in [part.heading for part in document.of(subject(world.ines, definition)).parts]


def test_a_pdf_is_made_of_hostile_text_as_of_any_other(world: World, definition: Definition, wish: Requirement) -> None:
    definition = change_definition(world.ines, definition=definition, problem=HOSTILE, title='#eval("1+1")')
    change_requirement(world.ines, requirement=wish, text=HOSTILE, criteria=[HOSTILE])
    assert exports.export(subject(world.ines, definition), "pdf").startswith(b"%PDF-")


def test_markdown_keeps_peoples_headings_below_its_own(world: World, definition: Definition) -> None:
    definition = change_definition(
        world.ines, definition=definition, title="Map *of* berths", problem="# Dusk\n\n```\n# not one\n```"
    )
    made = exports.export(subject(world.ines, definition), "markdown").decode()
    assert made.startswith("# Map \\*of\\* berths\n")
    assert "\n### Dusk\n" in made and "\n# not one\n" in made
    assert f"(OP-{Opportunity.objects.get().pk})" in made


def test_an_issue_says_why_when_it_is_accepted_and_its_reference(
    world: World, definition: Definition, shown: Requirement
) -> None:
    change_requirement(world.ines, requirement=shown, text="On one page.", criteria=["Within a minute", "At night too"])
    (issue,) = json.loads(exports.export(subject(world.ines, definition), "github"))
    assert issue["title"] == f"{shown.ref} Know who lies where"
    assert issue["body"].startswith("**Why.** It stands on “Know who lies where”")
    assert "It is for this outcome: No berth is booked twice." in issue["body"]
    assert "- [ ] Within a minute\n- [ ] At night too" in issue["body"]
    assert f"/tideline/definition/{definition.pk}#{shown.ref}" in issue["body"]
    assert issue["labels"] == ["must"]


def test_gitlab_takes_a_title_and_a_description_and_does_nothing_that_people_wrote(
    world: World, definition: Definition, shown: Requirement
) -> None:
    change_requirement(world.ines, requirement=shown, text=HOSTILE)
    made = exports.export(subject(world.ines, definition), "gitlab").decode()
    (row,) = csv.DictReader(io.StringIO(made))
    assert list(row) == ["title", "description"]
    assert [line for line in row["description"].split("\n") if line.startswith("/")] == ["/label ~must"]


def test_jira_takes_its_own_fields_in_its_own_words(world: World, definition: Definition, wish: Requirement) -> None:
    change_requirement(world.ines, requirement=wish, text="To the **minute**, see [chart](https://example.org).")
    rows = list(csv.DictReader(io.StringIO(exports.export(subject(world.ines, definition), "jira").decode())))
    assert (rows[1]["Summary"], rows[1]["External Issue ID"]) == (f"{wish.ref} It knows the tide", wish.ref)
    assert (rows[1]["Issue Type"], rows[1]["Priority"]) == ("Story", "High")
    assert "*Why.* No evidence is named for it." in rows[1]["Description"]
    assert "To the *minute*, see [chart|https://example.org]." in rows[1]["Description"]
    assert "* High water is right to the minute" in rows[1]["Description"]


@pytest.mark.parametrize(
    ("markdown", "wiki"),
    [
        ("# Why", "h3. Why"),
        ("- one\n  - two\n- three", "* one\n** two\n* three"),
        ("1. one\n2. two", "# one\n# two"),
        ("> quiet", "{quote}\nquiet\n{quote}"),
        ("`x` *y* ~~z~~", "{{x}} _y_ -z-"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "||a||b||\n|1|2|"),
        ("{macro} [x] *", "\\{macro\\} \\[x\\] \\*"),
        ("```\nrun{noformat}\n```", "{noformat}\nrun\n{noformat}"),
        ("[x](javascript:alert)", "\\[x\\](javascript:alert)"),
    ],
)
def test_markdown_becomes_what_jira_reads(markdown: str, wiki: str) -> None:
    assert jira_wiki.of(markdown) == wiki


def test_no_title_begins_as_a_formula(world: World, definition: Definition, wish: Requirement) -> None:
    change_requirement(world.ines, requirement=wish, title='=HYPERLINK("http://example.org")', text="=1+1")
    for kind in ("gitlab", "jira"):
        made = exports.export(subject(world.ines, definition), kind).decode()
        for row in csv.reader(io.StringIO(made)):
            assert not [cell for cell in row if re.match(r"[=+\-@\t]", cell)]


def test_what_leaves_is_the_version_that_was_asked_for(
    world: World, definition: Definition, shown: Requirement, client: Client
) -> None:
    client.force_login(world.ines.person)
    publish_version(world.ines, definition=definition)
    change_requirement(world.ines, requirement=shown, title="Called otherwise")
    url = reverse("definition_as", args=["tideline", definition.pk, "markdown"])
    old, now = client.get(f"{url}?version=1"), client.get(url)
    assert f'filename="df-{definition.pk}-version-1.md"' in old["Content-Disposition"]
    assert "Know who lies where" in old.content.decode() and "Called otherwise" not in old.content.decode()
    assert "Called otherwise" in now.content.decode() and "not published" in now.content.decode()
    assert client.get(reverse("definition_as", args=["tideline", definition.pk, "docx"])).status_code == 404


def test_what_one_works_from_is_what_was_signed(world: World, definition: Definition, shown: Requirement) -> None:
    first = publish_version(world.ines, definition=definition, functions=[Function.objects.get(name="Support")])
    sign_off(world.otto, sign_off=SignOff.objects.get())
    change_requirement(world.ines, requirement=shown, title="Called otherwise")
    publish_version(world.ines, definition=definition)
    found = standing(world.ines, definition)
    assert found.version == first
    assert found.standing == "Version 1 is signed by Support."


def test_there_is_no_form_of_another_name(world: World, definition: Definition) -> None:
    with pytest.raises(Invalid, match="pdf, markdown"):
        exports.export(subject(world.ines, definition), "docx")
