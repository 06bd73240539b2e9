"""One person is one mail address, however it is written."""

from __future__ import annotations

import unicodedata

# Providers that ignore dots before the @, and the names they have.
_WITHOUT_DOTS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
# Mail of everybody: such an address says nothing of who somebody works for.
_OF_EVERYBODY = {
    "aol.com", "fastmail.com", "gmail.com", "gmx.at", "gmx.ch", "gmx.de", "gmx.net", "googlemail.com", "hey.com",
    "hotmail.com", "icloud.com", "live.com", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "outlook.com",
    "posteo.de", "proton.me", "protonmail.com", "qq.com", "web.de", "yahoo.co.uk", "yahoo.com", "yandex.ru", "163.com",
}  # fmt: skip


def key_of(address: str) -> str:
    """The address without what makes two of one: case, width of letters, a plus-tag, dots where they mean nothing.

    Dots of other providers stay: there, j.doe and jdoe may be two people.
    """
    local, _, domain = unicodedata.normalize("NFKC", address.strip()).casefold().rpartition("@")
    domain = _plain(domain.rstrip("."))
    local = local.partition("+")[0] or local
    if domain in _WITHOUT_DOTS:
        local, domain = local.replace(".", ""), _WITHOUT_DOTS[domain]
    return f"{local}@{domain}"


def company_domain(address: str) -> str:
    """The domain of an address where it is a company's own; "" where everybody may have one."""
    domain = key_of(address).rpartition("@")[2]
    return "" if domain in _OF_EVERYBODY else domain


def _plain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
