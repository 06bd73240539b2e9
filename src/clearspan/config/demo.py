"""`clearspan demo`: Clearspan on the sample company, in a folder of its own beside one's own data."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime

from clearspan.config import env
from clearspan.config.serve import say, serve
from clearspan.interfaces.sample import AnotherCompany, build, report


def main(argv: list[str]) -> int:
    """Builds the sample company unless it is there, prints its line, and serves it.

    1: the database holds another company. 2: a setting cannot be used.
    """
    parser = argparse.ArgumentParser(prog="clearspan demo", description=__doc__)
    parser.add_argument("--no-serve", action="store_true", help="print the line and end")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another company (default 1)")
    parser.add_argument("--port", type=int, help="listen there (else CLEARSPAN_PORT)")
    arguments = parser.parse_args(argv)
    os.environ["CLEARSPAN_DEMO"] = "1"
    if arguments.port is not None:
        os.environ["CLEARSPAN_PORT"] = str(arguments.port)
    try:
        values = env.read()
    except env.UnusableSetting as error:
        say(str(error))
        return 2
    if not values["database_url"]:  # never among one's own data
        os.environ["CLEARSPAN_HOME"] = str(values["home"] / "demo")
        values = env.read()
    home = None if values["database_url"] else values["home"]
    try:
        if not arguments.no_serve:
            return serve(values["host"], values["port"], home, ready=lambda: _tell(arguments.seed))
        from clearspan.config.serve import set_up

        set_up()
        return _tell(arguments.seed)
    except AnotherCompany as reason:  # never served as a demo: anybody could sign in as anybody
        say(str(reason))
        return 1


def _tell(seed: int) -> int:
    from django.db import connections

    build(datetime.now(UTC).date(), seed, say)
    print(report())
    connections.close_all()
    return 0
