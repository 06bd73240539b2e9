"""Connectors go to the internet, to what the operator allows, and nowhere else."""

from __future__ import annotations

import socket
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from clearspan.interfaces.connectors import guard
from clearspan.interfaces.connectors.client import Client
from clearspan.stages.development.systems import Stopped
from tests.interfaces.connectors.servers import GitHubServer

ALL = (ip_network("0.0.0.0/0"), ip_network("::/0"))


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fe80::1", "fd00:ec2::254", "0.1.2.3",
        "224.0.0.1",
    ],
)  # fmt: skip
def test_a_clouds_description_of_its_machines_is_never_read(address: str) -> None:
    with pytest.raises(Stopped, match="no place to go to"):
        guard.check("tracker.example", ip_address(address), secure=True, allowed=ALL)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.2.3.4", "192.168.1.20", "fd12::1", "::ffff:10.2.3.4"])
def test_a_private_network_is_open_only_where_the_operator_says_so(address: str) -> None:
    with pytest.raises(Stopped, match="CLEARSPAN_TRACKER_NETWORKS"):
        guard.check("tracker.example", ip_address(address), secure=True, allowed=(ip_network("172.16.0.0/12"),))
    guard.check("tracker.example", ip_address(address), secure=False, allowed=ALL)


def test_a_token_does_not_travel_the_internet_in_clear() -> None:
    with pytest.raises(Stopped, match="Use https"):
        guard.check("tracker.example", ip_address("140.82.121.6"), secure=False, allowed=())
    guard.check("tracker.example", ip_address("140.82.121.6"), secure=True, allowed=())


def test_a_name_with_one_forbidden_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("140.82.121.6", "10.0.0.5")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Stopped, match=r"10\.0\.0\.5"):
        guard.open_socket("tracker.example", 443, secure=True, timeout=1, allowed=())


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means the machine itself at the second look would otherwise pass."""
    server, looked_up = GitHubServer(), []
    port = int(server.address.rsplit(":", 1)[1])

    def once(host: str, *_: Any, **__: Any) -> Any:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    try:
        server.token = ""
        answer = Client(f"http://tracker.example:{port}/api/v3", "GitHub", "a token").get(
            f"/repos/{server.project}/issues", {"state": "all", "sort": "updated", "direction": "asc", "per_page": 100}
        )
        assert answer.data == []
        assert looked_up == ["tracker.example"]
        assert server.seen_headers[0]["Host"] == f"tracker.example:{port}"
    finally:
        server.close()


def test_a_machine_that_is_not_there_is_said() -> None:
    with pytest.raises(Stopped, match="no machine called"):
        guard.open_socket("nowhere.invalid", 443, secure=True, timeout=1, allowed=())
