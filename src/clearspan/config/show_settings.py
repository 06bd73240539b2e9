"""`clearspan settings`: what can be set, how it is set now, and where that comes from."""

from __future__ import annotations

import argparse
import os

from clearspan.config import env

SECRET = {"CLEARSPAN_SECRET_KEY", "CLEARSPAN_DATABASE_URL", "CLEARSPAN_MAIL_URL", "CLEARSPAN_OIDC_CLIENT_SECRET"}


def main(argv: list[str]) -> int:
    """Prints every setting. 2: one cannot be used."""
    argparse.ArgumentParser(prog="clearspan settings", description=__doc__).parse_args(argv)
    try:
        values = env.read()
    except env.UnusableSetting as error:
        print(error)
        return 2
    for setting in env.SETTINGS:
        value = values[setting.name.removeprefix("CLEARSPAN_").lower()]
        is_set = bool(os.environ.get(setting.name, "").strip())
        shown = "(set, not shown)" if is_set and setting.name in SECRET else (value if value != "" else setting.shown)
        print(f"{setting.name} = {shown}   [{'from the environment' if is_set else 'default'}]")
        print(f"    {setting.help}")
    return 0
