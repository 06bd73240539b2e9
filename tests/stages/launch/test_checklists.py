"""Checklists and questionnaires in Markdown become lines of a template, and go back."""

from __future__ import annotations

import pytest

from clearspan.core.actions import Invalid, Refused
from clearspan.core.undo import undo
from clearspan.stages.launch import checklists
from clearspan.stages.launch.actions import change_launch_template, change_template_line, import_template_lines
from clearspan.stages.launch.checklists import Line
from clearspan.stages.launch.defaults import DATA, ensure
from clearspan.stages.launch.models import Kind, LaunchTemplate
from tests.stages.launch.small import function
from tests.world import World

FUNCTIONS = ("Support", "Operations", "Engineering")


def read(text: str) -> list[Line]:
    return checklists.read(text, FUNCTIONS, Kind.choices)


def test_a_box_under_a_functions_name_is_a_line_of_that_function() -> None:
    assert read("## support\n\n- [ ] Macros are written\n  Ten of them.\n- [x] Team is trained\n") == [
        Line("Macros are written", "Ten of them.", "Support", under="support"),
        Line("Team is trained", "", "Support", under="support"),
    ]


def test_brackets_at_the_end_say_days_document_and_whether_it_may_be_left_out() -> None:
    (line,) = read("## Support\n- [ ] Articles (10 days before; support article; optional)")
    assert (line.title, line.days_before, line.document, line.must) == ("Articles", 10, "support", False)


def test_other_words_in_brackets_belong_to_the_title() -> None:
    assert read("- [ ] It may be sold there (and in Norway)")[0].title == "It may be sold there (and in Norway)"


def test_a_heading_that_asks_is_a_line_with_what_helps_to_answer_it() -> None:
    asked = "### Rollback\n\n###### Can it be switched off again?\n\n<!--\nDescribe the\nconsequences.\n-->\n"
    text = f"{asked}\n- [ ] By a flag\n  - Its name:\n"
    (line,) = read(text)
    assert line.title == "Can it be switched off again?"
    assert line.text == "Describe the\nconsequences.\n\n- By a flag\n  - Its name:"


def test_required_marks_tell_musts_from_the_rest() -> None:
    lines = read("- [ ] (R) The review is done\n- [ ] Documents are there\n")
    assert [(line.title, line.must) for line in lines] == [("The review is done", True), ("Documents are there", False)]


def test_headings_that_only_may_be_lines_are_unlikely() -> None:
    lines = read("# Plan\n\n## Summary\n\nSay it.\n\n## Checks\n\n- [ ] Done\n")
    assert [(line.title, line.is_likely) for line in lines] == [("Summary", False), ("Done", True)]


def test_a_table_of_contents_is_no_list_of_things_to_do() -> None:
    assert read("- [Summary](#summary)\n  - [Goals](#goals)\n") == []


def test_links_in_a_title_are_kept_in_its_text() -> None:
    (line,) = read("- [ ] The [review](https://example.org/review) is done")
    assert line.title == "The review is done"
    assert "https://example.org/review" in line.text


def test_a_title_that_is_too_long_is_cut_at_a_word_and_kept_whole_in_its_text() -> None:
    (line,) = read(f"- [ ] {'every word ' * 40}")
    assert len(line.title) <= 200
    assert line.text.count("every word") == 40


@pytest.mark.parametrize("text", ["", "\x00", "- [ ]", "# ", "[ ]", "- " * 500, "```\n- [ ] code\n", "<!--"])
def test_what_is_no_checklist_never_fails(text: str) -> None:
    assert all(line.title for line in read(text))


@pytest.mark.parametrize("name", ["small_change", "feature", "new_product"])
def test_the_shipped_checklists_are_read_and_written_as_they_are(name: str, world: World) -> None:
    text = (DATA / f"{name}.md").read_text(encoding="utf-8")
    functions = [function(one).name for one in ("Product management", "Engineering", "Sales", "Marketing", "Delivery",
                                                "Logistics", "Support", "Operations", "Finance", "Legal")]  # fmt: skip
    lines = checklists.read(text, functions, Kind.choices)
    assert all(line.function and line.days_before is not None for line in lines)
    assert checklists.write(lines, Kind.choices) == text


def test_a_new_company_finds_three_templates_and_its_own_are_left_alone(world: World) -> None:
    assert list(LaunchTemplate.objects.values_list("name", flat=True)) == ["Small change", "Feature", "New product"]
    sizes = [template.lines.count() for template in LaunchTemplate.objects.all()]
    assert sizes == sorted(sizes) and sizes[-1] >= 40
    LaunchTemplate.objects.exclude(name="Feature").delete()
    ensure()
    assert LaunchTemplate.objects.count() == 1


def test_a_pasted_checklist_becomes_lines_once(world: World) -> None:
    template = change_launch_template(world.ines, name="Release")
    text = "## Support\n- [ ] Macros\n## Release\n- [ ] Tag it (3 days before)\n"
    with pytest.raises(Invalid, match="say whose they are"):
        import_template_lines(world.ines, template=template, markdown=text)
    given = {"template": template, "markdown": text, "function": function("Engineering")}
    done = import_template_lines.perform(world.ines, **given)
    assert [(one.function.name, one.title, one.days_before) for one in template.lines.all()] == [
        ("Engineering", "Tag it", 3), ("Support", "Macros", 14),
    ]  # fmt: skip
    import_template_lines(world.ines, **given)
    assert template.lines.count() == 2
    undo(world.ines, event=done.event)
    assert template.lines.count() == 0


def test_what_has_no_line_in_it_is_said(world: World) -> None:
    template = LaunchTemplate.objects.get(name="Feature")
    with pytest.raises(Invalid, match="no line was found"):
        import_template_lines(world.ines, template=template, markdown="Hello")


def test_admins_and_product_people_keep_the_templates(world: World) -> None:
    template = LaunchTemplate.objects.get(name="Feature")
    for somebody in (world.devi, world.sol, world.otto, world.leda):
        with pytest.raises(Refused):
            change_launch_template(somebody, template=template, name="Mine")
    line = change_template_line(world.ines, template=template, function=function("Support"), title="Macros")
    assert (line.days_before, line.must, line.collateral) == (14, True, "")
    assert change_template_line(world.ines, line=line, collateral=Kind.SUPPORT).collateral == "support"
    assert change_template_line(world.ines, line=line, without_collateral=True).collateral == ""
