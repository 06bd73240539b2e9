"""`python -m clearspan.interfaces.sample`: builds the sample company in the database that the settings name."""

from __future__ import annotations

import os
import sys
from datetime import date


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearspan.config.settings")
    django.setup()
    from clearspan.interfaces.sample.build import AnotherCompany, build

    try:
        built = build(date.today())  # noqa: DTZ011 the company's day is the machine's
    except AnotherCompany as reason:
        print(reason, file=sys.stderr)  # noqa: T201 a command line prints
        return 1
    print("built the sample company" if built else "the sample company is there already")  # noqa: T201 as above
    return 0


if __name__ == "__main__":
    sys.exit(main())
