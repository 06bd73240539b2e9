"""`clearspan invite NAME EMAIL`: lets a person in. Prints the link that is theirs; it opens once, for seven days."""

from __future__ import annotations

import argparse
import sys

from django.conf import settings
from django.urls import reverse

from clearspan.core.actions import Invalid
from clearspan.core.actor import Actor
from clearspan.core.models import Function
from clearspan.core.people import invite_person


def main(argv: list[str]) -> int:
    """0: invited; 2: the address or the function cannot be used."""
    parser = argparse.ArgumentParser(prog="clearspan invite", description=__doc__)
    parser.add_argument("name", help="of the person")
    parser.add_argument("email", help="where to reach them; they sign in with it")
    parser.add_argument(
        "--function", default="Product management", help="as the company names it (default Product management)"
    )
    parser.add_argument("--admin", action="store_true", help="may change settings and invite people")
    arguments = parser.parse_args(argv)
    function = Function.objects.filter(name__iexact=arguments.function).first()
    if function is None and not Function.objects.exists():
        print(
            "Nothing is set up here yet: start it with “clearspan serve”, or run “clearspan migrate”, and invite then. "
            "Nobody was invited.",
            file=sys.stderr,
        )
        return 2
    if function is None:
        print(
            f"There is no function “{arguments.function}”. There are: {', '.join(map(str, Function.objects.all()))}",
            file=sys.stderr,
        )
        return 2
    try:
        print(link(arguments.name, arguments.email, function, arguments.admin))
    except Invalid as error:
        print(f"{error}. Nobody was invited.", file=sys.stderr)
        return 2
    return 0


def link(name: str, email: str, function: Function, is_admin: bool) -> str:
    """Invites, and returns the address that lets the person in."""
    made = invite_person(Actor.system("cli"), email=email, name=name, function=function, is_admin=is_admin)
    return str(settings.BASE_URL + reverse("welcome", args=[made["secret"]]))
