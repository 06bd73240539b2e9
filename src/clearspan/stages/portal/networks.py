"""Where a request comes from: an address, and the network it is of."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

_PREFIX = {4: 24, 6: 56}  # what one person has, or one small office


def address_of(request: HttpRequest) -> IPv4Address | IPv6Address:
    """The visitor's address. X-Forwarded-For is read from its end, past the proxies that the operator has named, and
    not at all where the request does not come from one of them: anybody may write that header."""
    here = _read(request.META.get("REMOTE_ADDR", ""))
    named = [_read(part) for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    while named and here is not None and any(here in network for network in settings.PROXIES):
        here = named.pop() or here
    return here or ip_address("0.0.0.0")  # noqa: S104 - stands for what nobody knows


def network_of(request: HttpRequest) -> str:
    """Its /24, or its /56."""
    address = address_of(request)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network(f"{address}/{_PREFIX[address.version]}", strict=False))


def _read(words: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(words.strip().strip("[]"))
    except ValueError:
        return None
