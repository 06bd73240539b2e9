"""`clearspan do ACTION`: any action, from the command line.

It acts for a person: the one whose token is in CLEARSPAN_TOKEN, or, for who runs this machine, the one named by --as.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from typing import Any

from clearspan.core.actions import Action, Invalid, NotThere, Refused, registry, row_type
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.interfaces.shapes import plain
from clearspan.interfaces.tokens import actor_of_secret


def main(argv: list[str]) -> int:
    """0: done; 1: refused or not there; 2: what was given cannot be used. Nothing is changed but by 0."""
    if not argv or argv[0] in ("-h", "--help") or argv[0] not in registry:
        return _list(argv[0] if argv and not argv[0].startswith("-") else "")
    action = registry[argv[0]]
    arguments = vars(_parser(action).parse_args(argv[1:]))
    person = arguments.pop("as_person")
    try:
        given = {**json.loads(arguments.pop("json")), **{k: v for k, v in arguments.items() if v is not None}}
        actor = actor_for(person)
        done = action.perform(actor, **{name: _read(action, name, value) for name, value in given.items()})
    except (Refused, NotThere) as error:
        return _say(f"{error}. Nothing was changed.", 1)
    except (Invalid, json.JSONDecodeError) as error:
        return _say(f"{error}. Nothing was changed.", 2)
    print(
        json.dumps(
            {"event": done.event.pk, "summary": done.event.summary, "result": plain(actor, done.result)},
            indent=2,
            ensure_ascii=False,
        )
    )
    return 0


def actor_for(email: str | None) -> Actor:
    """Whom the command acts for. Raises Refused with what to do."""
    secret = os.environ.get("CLEARSPAN_TOKEN", "")
    if secret:
        actor = actor_of_secret(secret, "cli")
        if actor is None:
            raise Refused("the token in CLEARSPAN_TOKEN opens nothing: it is wrong, has run out or was revoked")
        return actor
    if not email:
        raise Refused("say for whom: set CLEARSPAN_TOKEN, or give --as EMAIL")
    person = User.objects.filter(email=email.lower(), is_active=True).select_related("function").first()
    if person is None:
        raise Refused(f"there is nobody with the address {email}")
    return Actor(person, interface="cli")


def _parser(action: Action) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"clearspan do {action.name}", description=action.help)
    parser.add_argument("--as", dest="as_person", metavar="EMAIL", help="act for this person (or set CLEARSPAN_TOKEN)")
    parser.add_argument("--json", default="{}", metavar="OBJECT", help="parameters as one JSON object")
    fields = action.Given.model_fields
    for name, (hint, parameter) in action.parameters.items():
        needed = "needed" if parameter.default is parameter.empty else f"default {parameter.default!r}"
        words = (fields[name].description or row_words(hint) or name).replace("%", "%%")
        words += "; - to be asked for it" if _is_secret(hint) else ""
        many = {"nargs": "+"} if _is_list(hint) else {}
        parser.add_argument(f"--{name.replace('_', '-')}", dest=name, help=f"{words} ({needed})", **many)  # type: ignore[arg-type]
    return parser


def row_words(hint: Any) -> str:
    """How a row is named: "opportunity, such as OP-12"."""
    model, many = row_type(hint)
    if model is None:
        return ""
    return f"{model._meta.verbose_name}{'s' if many else ''}, such as {getattr(model, 'prefix', '') or 'N'}-12"


def _is_secret(hint: Any) -> bool:
    return "SecretStr" in str(hint)


def _is_list(hint: Any) -> bool:
    return row_type(hint)[1] or "list[" in str(hint)


def _read(action: Action, name: str, value: Any) -> Any:
    """A dictionary is written as JSON on the command line; a secret that is “-” is asked for, so that it stands in no
    history; everything else the action reads itself."""
    hint = action.parameters[name][0] if name in action.parameters else str
    if value == "-" and _is_secret(hint):
        return getpass.getpass(f"{name}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    return json.loads(value) if isinstance(value, str) and "dict[" in str(hint) else value


def _list(wrong: str) -> int:
    for name, action in sorted(registry.items(), key=lambda item: (item[1].stage, item[0])):
        print(f"{action.stage:14} {name:28} {action.help.splitlines()[0] if action.help else ''}")
    return _say(f"There is no action “{wrong}”; these are they.", 2) if wrong else 0


def _say(words: str, code: int) -> int:
    print(words, file=sys.stderr)
    return code
