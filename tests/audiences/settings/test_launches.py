"""Launch templates, as those who keep them see them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clearspan.core.models import Function
from clearspan.stages.launch.models import LaunchTemplate
from tests.audiences.settings.test_pages import signed_in, text
from tests.world import World

CHECKLIST = (
    "## Support\n\n- [ ] Macros are written (5 days before)\n\n## Release\n\n### Can it be switched off?\n\n### Notes\n"
)


@pytest.fixture
def ines(world: World) -> Client:
    return signed_in(world.ines)


@pytest.fixture
def template(world: World) -> LaunchTemplate:
    found: LaunchTemplate = LaunchTemplate.objects.create(name="Release")
    return found


def test_the_templates_of_a_new_company_are_listed(world: World, ines: Client) -> None:
    page = text(ines, reverse("settings_launches"))
    assert all(name in page for name in ("Small change", "Feature", "New product"))


def test_who_may_not_change_them_reads_them(world: World, template: LaunchTemplate) -> None:
    otto = signed_in(world.otto)
    assert "New line" not in text(otto, reverse("launch_template", args=[template.pk]))
    for name in ("change_launch_template", "new_template_line", "paste_template_lines"):
        assert otto.get(reverse(name, args=[template.pk])).status_code == 403
    assert signed_in(world.cora).get(reverse("settings_launches")).status_code == 404


def test_a_line_is_written_changed_and_removed(world: World, ines: Client, template: LaunchTemplate) -> None:
    support = Function.objects.get(name="Support")
    given = {"function": support.ref, "title": "Macros", "days_before": 5, "must": "on", "collateral": "support"}
    ines.post(reverse("new_template_line", args=[template.pk]), given)
    line = template.lines.get()
    assert (line.title, line.days_before, line.must, line.collateral) == ("Macros", 5, True, "support")
    address = reverse("change_template_line", args=[template.pk, line.pk])
    ines.post(address, {"function": support.ref, "title": "Macros", "days_before": 3})
    line.refresh_from_db()
    assert (line.days_before, line.must, line.collateral) == (3, False, "")
    ines.post(reverse("do", args=["remove_template_line"]), {"line": line.ref})
    assert not template.lines.exists()


def test_a_checklist_is_looked_at_before_it_is_brought_in(world: World, ines: Client, template: LaunchTemplate) -> None:
    page = reverse("paste_template_lines", args=[template.pk])
    engineering = Function.objects.get(name="Engineering").ref
    looked = ines.post(page, {"markdown": CHECKLIST, "look": "yes"})
    assert [ticked for _, _, ticked in looked.context["found"]] == [True, True, False]
    assert not template.lines.exists()
    without = ines.post(page, {"markdown": CHECKLIST, "bring": "yes", "lines": ["0", "1"]})
    assert without.status_code == 422 and "Say whose they are" in without.content.decode().replace("say", "Say")
    assert [ticked for _, _, ticked in without.context["found"]] == [True, True, False]
    ines.post(page, {"markdown": CHECKLIST, "bring": "yes", "lines": ["0", "2"], "function": engineering})
    assert [(line.function.name, line.title) for line in template.lines.all()] == [
        ("Engineering", "Notes"), ("Support", "Macros are written"),
    ]  # fmt: skip


def test_nothing_ticked_and_nothing_found_are_said(world: World, ines: Client, template: LaunchTemplate) -> None:
    page = reverse("paste_template_lines", args=[template.pk])
    assert "No line is ticked" in ines.post(page, {"markdown": CHECKLIST, "bring": "yes"}).content.decode()
    assert "No line was found" in ines.post(page, {"markdown": "Hello", "look": "yes"}).content.decode()


def test_a_template_is_taken_along_as_a_checklist(world: World, ines: Client) -> None:
    feature = LaunchTemplate.objects.get(name="Feature")
    taken = ines.get(reverse("template_checklist", args=[feature.pk])).content.decode()
    assert "## Support\n\n- [ ] Support articles (10 days before; support article)" in taken


def test_a_function_is_removed_with_what_templates_ask_of_it(world: World, ines: Client) -> None:
    logistics = Function.objects.get(name="Logistics")
    ines.post(reverse("do", args=["remove_function"]), {"function": logistics.ref})
    assert not Function.objects.filter(name="Logistics").exists()
