"""What is exported: a version of a definition, or its working copy, with what a reader elsewhere needs to know."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse

from clearspan.core import panels
from clearspan.core.actor import Actor
from clearspan.stages.definition import content, queries
from clearspan.stages.definition.content import Clause, Content
from clearspan.stages.definition.models import Definition, DefinitionVersion, SignOff
from clearspan.ui.numbers import plural
from clearspan.ui.shell import Station


@dataclass(frozen=True)
class Subject:
    """`version` is None for the working copy where that says more than the newest version."""

    definition: Definition
    content: Content
    version: DefinitionVersion | None
    sign_offs: tuple[SignOff, ...]
    stations: tuple[Station, ...]

    @property
    def url(self) -> str:
        """Where it is read in Clearspan."""
        return settings.BASE_URL + reverse("definition", args=[self.definition.product.key, self.definition.pk])

    def url_of(self, clause: Clause) -> str:
        return f"{self.url}#{clause.ref}"

    @property
    def which(self) -> str:
        return f"version {self.version.number}" if self.version else "working copy, not published"

    @property
    def name(self) -> str:
        """Of a file: df-3-version-2."""
        return f"{self.definition.ref.lower()}-{f'version-{self.version.number}' if self.version else 'draft'}"

    @property
    def standing(self) -> str:
        """Who has signed, in a sentence; "" when nobody was asked."""
        by = {
            state: [str(one.function) for one in self.sign_offs if one.state == state] for state in SignOff.State.values
        }
        said = [
            f"{verb} {_and(by[state])}"
            for state, verb in (("agreed", "signed by"), ("asked", "waits for"), ("objected", "objected to by"))
            if by[state]
        ]
        return f"{self.which.capitalize()} is {', '.join(said)}.".replace("is waits", "waits") if said else ""

    @property
    def answer(self) -> str:
        """ "Berth map: 25 requirements, 2 of them on no evidence"."""
        bare = len(self.content.ungrounded)
        words = plural(len(self.content.requirements), "requirement")
        return f"{self.content.title}: {words}{f', {bare} of them on no evidence' if bare else ''}"


def subject(actor: Actor, definition: Definition, version: DefinitionVersion | None = None) -> Subject:
    """A version; without one, the working copy, which is the newest version when nothing was written since."""
    now = content.of_version(version) if version else content.read(definition)
    if version is None:
        newest = definition.versions.order_by("-number").first()
        version = newest if newest and content.of_version(newest) == now else None
    stations = panels.first("trace", actor, definition) or panels.first("trace", actor, definition.option) or ()
    said = tuple(version.sign_offs.select_related("function", "person")) if version else ()
    return Subject(definition, now, version, said, tuple(map(_printed, stations)))


def standing(actor: Actor, definition: Definition) -> Subject:
    """What to work from: the signed version, else the newest, else the working copy."""
    return subject(actor, definition, queries.standing_version(definition))


def _printed(station: Station) -> Station:
    """On paper the station of the document itself leads nowhere."""
    return replace(station, fact="this one") if station.state == "here" else station


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
