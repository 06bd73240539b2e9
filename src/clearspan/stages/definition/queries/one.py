"""Everything on the page of one definition."""

from __future__ import annotations

from dataclasses import dataclass

from clearspan.core.actor import Actor
from clearspan.stages.definition import content
from clearspan.stages.definition.comparing import Changes, compare
from clearspan.stages.definition.content import Content, grounds_of
from clearspan.stages.definition.models import Definition, DefinitionVersion, Ground, Requirement, SignOff
from clearspan.stages.definition.queries.signing import signed


@dataclass(frozen=True)
class Row:
    """A requirement with what it stands on, as that is known now."""

    requirement: Requirement
    grounds: list[Ground]
    place: int  # among those to be built, from 1


@dataclass(frozen=True)
class Page:
    """One definition: its text, its requirements, its versions and who has said what to the newest."""

    definition: Definition
    content: Content  # the working copy
    rows: list[Row]
    dropped: list[Requirement]
    versions: list[DefinitionVersion]  # the newest first
    signed: int | None  # the number of the version that stands
    sign_offs: list[SignOff]  # of the newest version
    since: Changes | None  # what was written since the newest version

    @property
    def newest(self) -> DefinitionVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def bare(self) -> list[Row]:
        return [row for row in self.rows if not row.grounds]

    @property
    def waiting(self) -> list[SignOff]:
        return [one for one in self.sign_offs if one.state == SignOff.State.ASKED]

    @property
    def objections(self) -> list[SignOff]:
        return [one for one in self.sign_offs if one.state == SignOff.State.OBJECTED]

    def own(self, actor: Actor) -> SignOff | None:
        """What the actor's own function was asked."""
        function = actor.person.function_id if actor.person else None
        return next((one for one in self.sign_offs if one.function_id == function), None)


def page(actor: Actor, definition: Definition) -> Page:
    """A constant number of queries, however many requirements and versions there are."""
    rows, stood_on = list(definition.requirements.all()), grounds_of(definition)
    kept = [row for row in rows if not row.is_dropped]
    now = content.assembled(definition, kept, stood_on)
    grounds: dict[int, list[Ground]] = {}
    for ground in stood_on:
        grounds.setdefault(ground.requirement_id, []).append(ground)
    versions = list(definition.versions.select_related("written_by").defer("content").order_by("-number"))
    said = SignOff.objects.visible_to(actor).filter(version__in=versions[:1]).select_related("function", "person")
    stands = signed(definition.versions.all()).order_by("-number").values_list("number", flat=True).first()
    return Page(
        definition=definition,
        content=now,
        rows=[Row(row, grounds.get(row.pk, []), place) for place, row in enumerate(kept, 1)],
        dropped=[row for row in rows if row.is_dropped],
        versions=versions,
        signed=stands,
        sign_offs=list(said),
        since=compare(content.of_version(versions[0]), now) if versions else None,
    )
