"""A definition in the forms in which it leaves: a document, Markdown, issues for a tracker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clearspan.core.actions import Invalid
from clearspan.stages.definition.exports import document, markdown, trackers
from clearspan.stages.definition.exports.subject import Subject
from clearspan.ui import pdf


@dataclass(frozen=True)
class Form:
    """One form: what it is called, the end of its file's name, its media type, and how it is made."""

    label: str
    ending: str
    media: str
    make: Callable[[Subject], bytes]


FORMS = {
    "pdf": Form("PDF", "pdf", "application/pdf", lambda subject: pdf.pdf(document.of(subject))),
    "markdown": Form("Markdown", "md", "text/markdown; charset=utf-8", lambda one: markdown.of(one).encode()),
    "github": Form("Issues for GitHub, JSON", "github.json", "application/json", trackers.github),
    "gitlab": Form("Issues for GitLab, CSV", "gitlab.csv", "text/csv; charset=utf-8", trackers.gitlab),
    "jira": Form("Issues for Jira, CSV", "jira.csv", "text/csv; charset=utf-8", trackers.jira),
}


def export(subject: Subject, kind: str) -> bytes:
    """The definition as `kind`. Raises Invalid for a kind there is not."""
    if kind not in FORMS:
        raise Invalid({"kind": f"it must be one of {', '.join(FORMS)}"})
    return FORMS[kind].make(subject)


__all__ = ["FORMS", "Form", "Subject", "export"]
