"""`clearspan import KIND FILE`: brings in a file of evidence, accounts, deals, segments or items.

    clearspan import evidence tickets.csv --product rota --set channel=ticket --dry-run
    clearspan import accounts crm.xlsx --map "Firm=name" --map "Turnover="
    clearspan import deals pipeline.csv --product rota --skip-faulty
    clearspan import items issues.json --product rota
    clearspan import undo IM-12
    clearspan import list

A faulty row refuses the whole file and nothing is written, unless --skip-faulty leaves such rows out. Run again, only
what is not here yet is added.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from django.db import transaction

from clearspan.core.actions import Invalid, NotThere, Refused
from clearspan.core.actor import Actor
from clearspan.core.imports import files, progress, running
from clearspan.core.imports.actions import run_import, start_import, undo_import
from clearspan.core.imports.faults import SHOWN, Fault, Unreadable
from clearspan.core.imports.kinds import Kind, registry
from clearspan.core.models import Import
from clearspan.interfaces.cli.do import actor_for


def main(argv: list[str]) -> int:
    """0: done; 1: refused because of faulty rows, nothing was written; 2: what was given cannot be used."""
    arguments = _parser().parse_args(argv)
    try:
        actor = _actor(arguments.person)
        if arguments.kind == "list":
            return _list(actor)
        if arguments.kind == "undo":
            return _undo(actor, arguments.reference)
        return _import(actor, arguments)
    except Invalid as invalid:
        for name, words in invalid.faults.items():
            answers = _answers_to(arguments, name)
            print(f"{name}: {words}{answers}" if name else words, file=sys.stderr)
    except (NotThere, Refused, Unreadable, files.TooLarge) as answer:
        print(answer, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}. Nothing was brought in.", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clearspan import", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    for kind in registry.values():
        _add_kind(kinds.add_parser(kind.name, help=kind.about, epilog=_fields_in_words(kind),
                                   formatter_class=argparse.RawDescriptionHelpFormatter))  # fmt: skip
    undo = kinds.add_parser("undo", help="take an import back; what others have built on is kept and listed")
    undo.add_argument("reference", metavar="IMPORT", help="such as IM-12")
    _add_person(undo)
    _add_person(kinds.add_parser("list", help="the last imports"))
    return parser


def _add_kind(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help="CSV, XLSX or JSON")
    command.add_argument(
        "--product", metavar="KEY", default="", help="the product it is about, by its key in addresses"
    )
    command.add_argument("--map", metavar="COLUMN=FIELD", action="append", default=[], type=_pair,
                         help="what a column is; “COLUMN=” leaves it out")  # fmt: skip
    command.add_argument("--set", metavar="NAME=VALUE", action="append", default=[], type=_answer, dest="answers",
                         help="an answer for the whole file, or a field that is the same in every row")  # fmt: skip
    command.add_argument("--read", metavar="FIELD:FOUND=MEANT", action="append", default=[], type=_pair,
                         help="what a word of the file means, such as “segment:technolgy=Technology”")  # fmt: skip
    command.add_argument("--dry-run", action="store_true", help="say what would come, and write nothing")
    command.add_argument(
        "--skip-faulty", action="store_true", help="leave faulty rows out instead of refusing the file"
    )
    command.add_argument("--update", action="store_true", help="give what is here already the values of the file")
    _add_person(command)


def _add_person(command: argparse.ArgumentParser) -> None:
    command.add_argument("--as", metavar="EMAIL", dest="person", default="", help="as this person (else as Clearspan)")


def _pair(text: str) -> tuple[str, str]:
    """At the last mark: what a file calls a column may have one in it."""
    return _parted(text, *text.rpartition("="))


def _answer(text: str) -> tuple[str, str]:
    """At the first mark: an answer such as “totals=Hosting = 1,200.50” has more of them."""
    return _parted(text, *text.partition("="))


def _parted(text: str, name: str, mark: str, value: str) -> tuple[str, str]:
    if not mark or not name.strip():
        raise argparse.ArgumentTypeError(f"found “{text}”, expected NAME=VALUE")
    return name.strip(), value.strip()


def _fields_in_words(kind: Kind) -> str:
    fields = [(f"{one.name}{' (must be there)' if one.required else ''}", one.help or one.label) for one in kind.fields]
    options = [(option.name, option.help or option.label) for option in kind.options]
    reading = [
        ("dates", "dmy or mdy, where the dates do not say themselves which comes first"),
        ("decimal", "“,” or “.”, where the amounts do not say it"),
        ("encoding", "such as cp1252; else it is found"),
        ("delimiter", "comma, semicolon, tab or bar; else it is found"),
        ("sheet", "of a workbook; else the first that holds rows"),
    ]
    parts = {"fields": fields, "answers for the whole file": options, "how the file is read": reading}
    return "\n".join(
        line
        for title, pairs in parts.items()
        for line in (f"{title}:", *(f"  {name:26} {words}" for name, words in pairs))
    )


def _actor(email: str) -> Actor:
    """The person named, or whose token is set; else Clearspan itself, for who runs this machine."""
    if email or os.environ.get("CLEARSPAN_TOKEN"):
        return actor_for(email)
    return Actor.system("cli")


def _import(actor: Actor, arguments: argparse.Namespace) -> int:
    started = time.monotonic()
    kind = registry[arguments.kind]
    kept = files.keep_copy(arguments.file)
    name, mapping = arguments.file.name[:200], dict(arguments.map)
    with transaction.atomic():  # of what is refused, no trace stays
        options = _options(kind, arguments)
        file = start_import(actor, name=name, kind=kind.name, upload=kept.digest, mapping=mapping, options=options)
        _say_understood(kind, file, actor)
        if arguments.dry_run:
            code = _rehearse(actor, file, arguments)
            transaction.set_rollback(True)
            return code
        with progress.telling(_bar):
            file = run_import(actor, file=file, skip_faulty=arguments.skip_faulty, update=arguments.update)
    return _say_result(file, time.monotonic() - started)


def _answers_to(arguments: argparse.Namespace, name: str) -> str:
    """What may be said where a question has an answer of its own for each choice, and none that is known was given."""
    kind = registry.get(arguments.kind)
    option = kind.option(name) if kind is not None else None
    if option is None or option.choices is None or name in dict(arguments.answers):
        return ""
    choices = option.choices(_actor(arguments.person))
    return "".join(f"\n  --set {name}={value}  {words}" for value, words in choices[:SHOWN])


def _options(kind: Kind, arguments: argparse.Namespace) -> dict[str, str]:
    """Answers to the kind's questions; other names are fields that are the same in every row."""
    options = {f"read:{name}": meant for name, meant in arguments.read}
    if arguments.product:
        options["product"] = arguments.product
    for name, value in arguments.answers:
        is_field = kind.option(name) is None and kind.field(name) is not None
        options[f"all:{name}" if is_field else name] = value
    return options


def _rehearse(actor: Actor, file: Import, arguments: argparse.Namespace) -> int:
    """A dry run: everything is read, checked and counted; the caller lets nothing stay."""
    with progress.telling(_bar):
        staging = running.bring_in(actor, file, skip_faulty=arguments.skip_faulty, update=arguments.update, dry=True)
    _clear_bar()
    for note in staging.notes:
        print(f"  {note}")
    refused = staging.faulty and not arguments.skip_faulty
    print(f"Would come in: {running.outcome(staging)}." if not refused else running.refused_words(staging))
    _say_made(staging.made, "would be made")
    _say_faults(staging.faults, staging.faulty)
    print("Nothing was written: this was a dry run.")
    return 1 if refused else 0


def _say_understood(kind: Kind, file: Import, actor: Actor) -> None:
    system = f", an export of {file.result['system']}" if file.result.get("system") else ""
    print(f"{file.name}: {kind.label.lower()}{system}")
    table = running.table_of(file)
    for column in table.header:
        field = kind.field(file.mapping.get(column, ""))
        print(f"  {column:32.32} {field.label if field else '(left out)'}")
    chosen = kind.choose(actor, file.options)
    for note in [*file.result["notes"], *kind.advise(chosen, set(file.mapping.values()))]:
        print(f"  {note}")


def _say_result(file: Import, seconds: float) -> int:
    _clear_bar()
    for note in file.result.get("notes", []):
        print(f"  {note}")
    print(f"{file.ref}: {file.words}")
    if file.status == Import.Status.DONE:
        _say_made(file.result["made"], "made")
        print(f"  {seconds:.1f} s. To take it back: clearspan import undo {file.ref}")
    _say_faults([Fault(**fault) for fault in file.faults], file.faulty)
    return 0 if file.status == Import.Status.DONE else 1


def _say_made(made: dict[str, int], verb: str) -> None:
    if made:
        print(f"  {running.made_in_words(made)} {verb}")


def _say_faults(faults: list[Fault], number: int) -> None:
    for fault in faults:
        print(f"  {fault}", file=sys.stderr)
    if number > len(faults):
        print(f"  and {number - min(number, SHOWN):,} more", file=sys.stderr)


def _undo(actor: Actor, reference: str) -> int:
    file = undo_import(actor, file=reference)
    print(f"{file.ref} {file.name}: {file.words}")
    for row in file.result["kept"]:
        print(f"  kept: {row}")
    return 0


def _list(actor: Actor) -> int:
    for file in Import.objects.visible_to(actor).order_by("-id")[:30]:
        words = file.words or file.get_status_display()
        print(f"{file.ref:8} {file.created_at:%Y-%m-%d %H:%M}  {file.kind:9} {file.name:40.40} {words}")
    return 0


_last = 0.0


def _bar(share: float, words: str) -> None:
    """One line on a terminal that is written over; nothing where the output is kept in a file."""
    global _last
    if sys.stderr.isatty() and time.monotonic() - _last > 0.2:
        _last = time.monotonic()
        print(f"\r  {'█' * round(20 * share):20} {share:4.0%}  {words:40.40}", end="", file=sys.stderr, flush=True)


def _clear_bar() -> None:
    if sys.stderr.isatty():
        print(f"\r{'':72}\r", end="", file=sys.stderr, flush=True)
