"""The command `clearspan`. Each part is imported only when it is called: a study needs no database and no Django."""

from __future__ import annotations

import importlib
import os
import sys

from clearspan.config.commands import COMMANDS, Command


def main() -> int:
    """Runs the command that was named. 2: there is no such command, or a setting cannot be used."""
    name, argv = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("--help", [])
    if name in ("-h", "--help", "help"):
        return _help()
    if name in ("-V", "--version"):
        from clearspan import __version__

        return _say(f"clearspan {__version__}")
    command = next((command for command in COMMANDS if command.name == name), None)
    if command is None:
        _help()
        return _say(f"\nThere is no command “{name}”.", error=True)
    return _run(command, argv)


def _run(command: Command, argv: list[str]) -> int:
    if command.needs_django:
        from clearspan.config import env

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearspan.config.settings")
        try:
            import django

            django.setup()
        except env.UnusableSetting as error:
            return _say(str(error), error=True)
    try:
        code = int(importlib.import_module(command.module).main(argv) or 0)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever reads what is said has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if command.needs_django and _lacks_tables(error):
            return _say("The database is not up to date: run “clearspan migrate”. Nothing was changed.", error=True)
        raise


def _lacks_tables(error: Exception) -> bool:
    """Whether the database has not the tables of this version: empty, or of an older one."""
    from psycopg.errors import UndefinedColumn, UndefinedTable

    return isinstance(error.__cause__, UndefinedColumn | UndefinedTable)


def _help() -> int:
    lines = [
        "Clearspan: one clear line from what the market needs to what the product earns.",
        "",
        "usage: clearspan COMMAND ...",
        "",
    ]
    return _say("\n".join([*lines, *(f"  {command.name:10} {command.help}" for command in COMMANDS)]))


def _say(words: str, error: bool = False) -> int:
    print(words, file=sys.stderr if error else sys.stdout)
    return 2 if error else 0


if __name__ == "__main__":
    sys.exit(main())
