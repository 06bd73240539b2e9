"""Requirements as issues, in what each tracker's own importer takes: one issue a requirement.

Each begins with why, so that whoever builds it need not ask, and names its reference (RQ-12), by which a later pull
links it.
"""

from __future__ import annotations

import csv
import io
import json
import re

from clearspan.stages.definition.content import Clause
from clearspan.stages.definition.exports import jira_wiki
from clearspan.stages.definition.exports.markdown import below, line, tasks
from clearspan.stages.definition.exports.subject import Subject

PRIORITY = {"must": "High", "should": "Medium", "could": "Low"}  # as Jira has them from the start


def github(subject: Subject) -> bytes:
    """A list of what GitHub's API takes as one issue each (POST /repos/OWNER/REPO/issues)."""
    issues = [
        {"title": _title(clause), "body": _body(subject, clause), "labels": [clause.weight]}
        for clause in subject.content.requirements
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2).encode()


def gitlab(subject: Subject) -> bytes:
    """GitLab's "Import issues from CSV": title and description, whose last line sets the label."""
    rows = [
        {"title": _title(clause), "description": f"{_no_commands(_body(subject, clause))}\n\n/label ~{clause.weight}"}
        for clause in subject.content.requirements
    ]
    return _csv(["title", "description"], rows)


def jira(subject: Subject) -> bytes:
    """Jira's CSV importer; the columns have the names of its fields, so that it maps them by itself."""
    rows = [
        {
            "Summary": _title(clause), "Issue Type": "Story", "Priority": PRIORITY[clause.weight],
            "Labels": clause.ref, "External Issue ID": clause.ref,
            "Description": jira_wiki.of(_body(subject, clause, marks=False)),
        }
        for clause in subject.content.requirements
    ]  # fmt: skip
    return _csv(["Summary", "Issue Type", "Priority", "Labels", "External Issue ID", "Description"], rows)


def why(subject: Subject, clause: Clause) -> str:
    """The evidence and what it is for, in a sentence or two, as Markdown."""
    outcome = subject.content.outcome.strip()
    is_one_line = bool(outcome) and "\n" not in outcome and len(outcome) <= 200
    towards = f" It is for this outcome: {line(outcome.rstrip('.'))}." if is_one_line else ""
    return f"{line(clause.why)}{towards}"


def _title(clause: Clause) -> str:
    """It never begins with a sign that a spreadsheet would calculate."""
    return f"{clause.ref} {clause.title}"


def _body(subject: Subject, clause: Clause, marks: bool = True) -> str:
    points = tasks(clause) if marks else "\n".join(f"- {' '.join(one.split())}" for one in clause.criteria)
    accepted = f"**Accepted when**\n\n{points}" if clause.criteria else ""
    source = f"{clause.ref} of [{line(subject.content.title)}, {subject.which}]({subject.url_of(clause)})"
    parts = (f"**Why.** {why(subject, clause)}", below(clause.text, 2), accepted, source)
    return "\n\n".join(part for part in parts if part)


def _no_commands(text: str) -> str:
    """GitLab does what a line says that begins with a stroke: none of people's own may."""
    return re.sub(r"^(\s*)/", r"\1\\/", text, flags=re.MULTILINE)


def _csv(names: list[str], rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
