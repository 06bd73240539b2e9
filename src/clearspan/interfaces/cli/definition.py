"""`clearspan definition DF-12 --form github`: a definition as PDF, Markdown, or issues for a tracker.

It reads for a person: the one whose token is in CLEARSPAN_TOKEN, or, for who runs this machine, the one named by --as.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from clearspan.core.actions import NotThere, Refused
from clearspan.core.actor import Actor
from clearspan.interfaces.cli.do import actor_for
from clearspan.interfaces.tokens import READ
from clearspan.stages.definition import exports, queries
from clearspan.stages.definition.exports.subject import Subject, standing, subject
from clearspan.stages.definition.models import Definition


def main(argv: list[str]) -> int:
    """0: written; 1: it is not there, or may not be read; 2: the file cannot be written."""
    arguments = _parser().parse_args(argv)
    try:
        shown = _subject(actor_for(arguments.as_person), arguments.definition, arguments.version)
    except (Refused, NotThere) as error:
        return _say(f"{error}. Nothing was written.", 1)
    made, ending = exports.export(shown, arguments.form), exports.FORMS[arguments.form].ending
    if arguments.out == "-":
        sys.stdout.buffer.write(made)
        return 0
    path = Path(arguments.out or f"{shown.name}.{ending}")
    try:
        path.write_bytes(made)
    except OSError as error:
        return _say(f"{path} cannot be written: {error.strerror}. Give another place with --out.", 2)
    print(f"{path}: {shown.answer}, {shown.which}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clearspan definition", description=__doc__)
    parser.add_argument("definition", help="its reference, such as DF-12")
    parser.add_argument("--form", choices=list(exports.FORMS), default="pdf", help="default: pdf")
    parser.add_argument(
        "--version", default="", metavar="N", help="a version, or “now” for what is written; default: the signed one"
    )
    parser.add_argument("--out", metavar="FILE", help="where to; - is standard output; default: a name of its own")
    parser.add_argument("--as", dest="as_person", metavar="EMAIL", help="read for this person (or set CLEARSPAN_TOKEN)")
    return parser


def _subject(actor: Actor, reference: str, version: str) -> Subject:
    if not actor.has_scope(READ):
        raise Refused("this token may not read; give it the scope “read”")
    found = Definition.objects.visible_to(actor).referred(reference).select_related("product", "option").first()
    if found is None:
        raise NotThere(f"there is no definition {reference}")
    if not version:
        return standing(actor, found)
    if version == "now":
        return subject(actor, found)
    row = queries.numbered(found, version)
    if row is None:
        raise NotThere(f"{found.ref} has no version {version}")
    return subject(actor, found, row)


def _say(words: str, code: int) -> int:
    print(words, file=sys.stderr)
    return code
