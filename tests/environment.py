"""Where tests run: a database server of their own under var/test, started when it is first needed.

A plugin of pytest's (see addopts), because the environment has to be set before Django's settings are read from it.
"""

import os
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent / "var" / "test"

for name in [name for name in os.environ if name.startswith("CLEARSPAN_") and name != "CLEARSPAN_BENCH_DATA"]:
    del os.environ[name]  # what a developer has set for themselves must not change what the tests say
os.environ["CLEARSPAN_HOME"] = os.environ.get("HOME_OF_TESTS", str(HOME))
