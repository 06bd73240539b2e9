"""`python -m clearspan.interfaces.sample`: builds the sample company in the database that the settings name."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearspan.config.settings")
    django.setup()
    from clearspan.interfaces.sample import AnotherCompany, build, report

    try:
        build(datetime.now(UTC).date(), say=print)
    except AnotherCompany as reason:
        print(reason, file=sys.stderr)
        return 1
    print(report())
    return 0


if __name__ == "__main__":
    sys.exit(main())
