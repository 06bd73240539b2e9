"""The web server's process."""

from __future__ import annotations

import sys

from clearspan.config import env, lifeline

GRACE = 20  # seconds for requests to finish


def main() -> int:
    """Serves until SIGTERM, or until the keeper is gone."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    lifeline.hold(GRACE + 5)
    values = env.read()
    Granian(
        "clearspan.config.wsgi:application",
        address=values["host"],
        port=values["port"],
        interface=Interfaces.WSGI,
        blocking_threads=values["web_threads"],
        workers_kill_timeout=GRACE,
        backpressure=4 * values["web_threads"],  # more wait in the socket's queue than in Python
        log_level=LogLevels.error,
    ).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
