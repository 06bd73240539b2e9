"""Where connectors and webhooks may go. People give it; the machine's own neighbourhood is not theirs to look into.

A name is looked up once, every address found is checked, and the connection is made to an address that was: a name that
means something else a moment later changes nothing. See docs/decisions/0011-where-connectors-may-go.md.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

from clearspan.stages.development.systems import Stopped

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Never, whatever the operator allows: a cloud's description of this machine with its keys, this link, "any", everybody.
_NEVER = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8", "169.254.0.0/16", "100.100.100.200/32", "224.0.0.0/4", "255.255.255.255/32",
            "::/128", "fe80::/10", "fd00:ec2::254/128", "fd20:ce::254/128", "ff00::/8",
        ),
    )
)  # fmt: skip
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def open_socket(
    host: str, port: int, *, secure: bool, timeout: float, allowed: Iterable[Network],
    named: str = "CLEARSPAN_TRACKER_NETWORKS",
) -> socket.socket:  # fmt: skip
    """A connection to `host`. Raises Stopped when it may not be gone to, OSError when it cannot be reached.

    `named` is the setting by which an operator allows more.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise Stopped(f"There is no machine called {host}. Check the address") from None
    allowed = tuple(allowed)
    for *_, sockaddr in found:
        address = ipaddress.ip_address(str(sockaddr[0]).partition("%")[0])
        check(host, address, secure=secure, allowed=allowed, named=named)
    return _connected([(family, kind, proto, sockaddr) for family, kind, proto, _, sockaddr in found], timeout)


def check(
    host: str,
    address: Address,
    *,
    secure: bool,
    allowed: tuple[Network, ...],
    named: str = "CLEARSPAN_TRACKER_NETWORKS",
) -> None:
    """Raises Stopped, with what to do, when nothing may be sent to `address`."""
    address = _inner(address)
    if _in(address, _NEVER):
        raise Stopped(f"{host} is at {address}, which is no place to go to. Check the address")
    if _in(address, allowed):
        return
    if not address.is_global:
        raise Stopped(
            f"{host} is at {address}, inside a private network. Whoever runs Clearspan can allow it: {named}={address}"
        )
    if not secure:
        raise Stopped(f"{host} is on the internet, where http would show everything to everybody. Use https")


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address only wraps."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return address.ipv4_mapped or address.sixtofour or address
    return address


def _in(address: Address, networks: Iterable[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _connected(candidates: list[tuple[int, int, int, object]], timeout: float) -> socket.socket:
    failed: OSError = OSError("it has no address")
    for family, kind, proto, sockaddr in candidates:
        opened = socket.socket(family, kind, proto)
        try:
            opened.settimeout(timeout)
            opened.connect(sockaddr)  # type: ignore[arg-type]  # as getaddrinfo gave it
            return opened
        except OSError as error:
            opened.close()
            failed = error
    raise failed
