"""The page of commands, from what each says of itself when asked for --help."""

from __future__ import annotations

import argparse
import importlib
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from typing import Any

from clearspan.config.commands import COMMANDS, Command
from clearspan.config.reference.markdown import code, page, sentence, table

HOW = "`clearspan COMMAND --help` says the same. `clearspan --version` says which version this is."


def text() -> str:
    """Every command with what it takes, and each study and each kind of import."""
    rows = [(f"[`clearspan {one.name}`](#clearspan-{one.name})", sentence(one.help)) for one in COMMANDS]
    parts = [part for command in COMMANDS for part in _sections(command)]
    return page("Commands", "What can stand after `clearspan`.", HOW, table("Command|What it does", rows), *parts)


class _Asked(Exception):  # noqa: N818 it carries an answer
    """A parser that was about to print its help."""


def _sections(command: Command) -> Iterator[str]:
    parser = parser_of(command)
    if parser is None:  # `do`: its parsers are made from the actions, which have pages of their own
        about = _about(importlib.import_module(command.module).__doc__ or "")
        yield f"## clearspan {command.name}\n\n{about}\n\nThe actions, and what each takes: [Reference](README.md)."
        return
    yield _section(parser, "##", parser.description or "")
    for below, words in _below(parser):
        yield _section(below, "###", below.description or words)


def parser_of(command: Command) -> argparse.ArgumentParser | None:
    """The parser behind `--help`, caught before it prints. None for a command that prints a help of its own.

    The parser, not its print: how that is laid out differs from one version of Python to the next.
    """

    def caught(parser: argparse.ArgumentParser, file: object = None) -> None:
        raise _Asked(parser)

    usual = argparse.ArgumentParser.print_help
    argparse.ArgumentParser.print_help = caught  # type: ignore[assignment,method-assign]  # put back below
    try:
        with redirect_stdout(io.StringIO()):
            importlib.import_module(command.module).main(["--help"])
    except _Asked as asked:
        parser: argparse.ArgumentParser = asked.args[0]
        return parser
    finally:
        argparse.ArgumentParser.print_help = usual  # type: ignore[method-assign]
    return None


def _section(parser: argparse.ArgumentParser, level: str, about: str) -> str:
    taken = [action for action in parser._actions if not isinstance(action, argparse._HelpAction)]
    rows = [(f"`{_name(action)}`", _meaning(action)) for action in taken if not isinstance(action.choices, Mapping)]
    parts = [f"{level} {parser.prog}", code(_usage(parser, taken)), _about(about), table("It takes|Meaning", rows)]
    parts += [code(parser.epilog)] if parser.epilog else []
    return "\n\n".join(filter(None, parts))


def _about(words: str) -> str:
    """What a command says of itself, less its own name in front: one paragraph, or laid out as it is there."""
    words = re.sub(r"^`clearspan[^`]*`: ", "", words.strip())
    return code(sentence(words)) if "\n" in words else sentence(words) if words else ""


def _usage(parser: argparse.ArgumentParser, taken: list[argparse.Action]) -> str:
    needed = [_name(action) for action in taken if action.required]
    return " ".join([parser.prog, *needed, *(["[options]"] if any(not action.required for action in taken) else [])])


def _below(parser: argparse.ArgumentParser) -> list[tuple[argparse.ArgumentParser, str]]:
    """The parsers of the next word, if there is a choice of them, each with its line of help."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            words = {choice.dest: choice.help or "" for choice in action._choices_actions}
            return [(below, words.get(name, "")) for name, below in action.choices.items()]
    return []


def _name(action: argparse.Action) -> str:
    """As it is written: `--seed SEED`, `FILE`."""
    value = _value(action)
    return f"{', '.join(action.option_strings)} {value}".strip() if action.option_strings else value


def _value(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    named: Any = action.metavar or (action.dest.upper() if action.option_strings else action.dest)
    words = " ".join(named) if isinstance(named, tuple) else str(named)
    return f"{words} ..." if action.nargs in ("+", "*") else words


def _meaning(action: argparse.Action) -> str:
    return sentence((action.help or "") % {"default": action.default})
