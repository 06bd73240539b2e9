"""`make test`: every test there is, in the way this machine can run them.

Browser tests use the system's Chromium. As root on Debian it is installed when it is missing; elsewhere the rest runs,
and the last line says loudly what did not. With CI=true a missing browser is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """0: everything that could run passed, and everything that had to run did."""
    has_browser = bool(browser() or _install())
    in_ci = os.environ.get("CI", "").lower() == "true"
    if in_ci and not has_browser:
        print("There is no Chromium, and under CI=true its tests may not be left out.", file=sys.stderr)
        return 1
    kinds = "" if has_browser else " and not browser"
    # In the order of tests/conftest.py: browser tests last.
    beside = _pytest("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-m", f"not serial{kinds}")
    alone = _pytest("-m", f"serial{kinds}")
    if not has_browser:
        print("\n*** The browser tests did NOT run: no Chromium was found. Install it and run make test again. ***")
    return beside or alone


def browser() -> str | None:
    """Where Chromium is: CHROMIUM, else what the path has."""
    return os.environ.get("CHROMIUM") or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _install() -> bool:
    if os.name != "posix" or os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        return False
    print("Installing Chromium for the browser tests ...", flush=True)
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        )
        if done.returncode:
            return False
    return browser() is not None


def _pytest(*arguments: str) -> int:
    code = subprocess.run([sys.executable, "-m", "pytest", *arguments]).returncode
    return 0 if code == 5 else code  # 5: none of this kind; the other call has run its own


if __name__ == "__main__":
    sys.exit(main())
