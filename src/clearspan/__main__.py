"""The command `clearspan`."""

from __future__ import annotations

import sys


def main() -> int:
    """Finds the command. Each is imported only when it is called: a study needs no database and no Django."""
    name, rest = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("", [])
    if name == "study":
        from clearspan.interfaces.cli.studies import main as study

        return study(rest)
    print("usage: clearspan study ...", file=sys.stderr)  # noqa: T201 a command line prints
    return 2


if __name__ == "__main__":
    sys.exit(main())
