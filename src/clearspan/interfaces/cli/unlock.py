"""`clearspan unlock EMAIL`: takes away the second factor of a person whose device is lost, when no admin can.

For who runs the machine. The person then signs in without it, and sets up another.
"""

from __future__ import annotations

import argparse
import sys

from clearspan.core.actions import Invalid
from clearspan.core.actor import Actor
from clearspan.core.models import User
from clearspan.core.second_factor import reset_second_factor


def main(argv: list[str]) -> int:
    """0: taken away; 2: there is no such person, or they have none."""
    parser = argparse.ArgumentParser(prog="clearspan unlock", description=__doc__)
    parser.add_argument("email", help="the address with which they sign in")
    email = parser.parse_args(argv).email
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        print(f"There is nobody with the address {email}. Nothing was changed.", file=sys.stderr)
        return 2
    try:
        reset_second_factor(Actor.system("cli"), person=person)
    except Invalid:
        print(f"{person} has no second factor. Nothing was changed.", file=sys.stderr)
        return 2
    print(f"{person} signs in without a second factor now, until they set up another.")
    return 0
