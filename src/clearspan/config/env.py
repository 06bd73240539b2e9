"""What an operator may set, each declared once: name, type, default, help.

Read once at start from the environment. A value that cannot be used stops the start with a sentence that says which
variable, what was found and what was expected. docs/reference/settings.md is written from this list.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

import platformdirs

SERVED = "served_at"  # the file in CLEARSPAN_HOME that says where it was last served


class UnusableSetting(Exception):  # noqa: N818 it names what is wrong, as the message does
    """A variable has a value that cannot be used."""


@dataclass(frozen=True)
class Setting:
    """One environment variable. `parse` raises ValueError with what was expected, in words."""

    name: str
    kind: str
    default: Any
    help: str
    parse: Callable[[str], Any]
    shown: str = ""  # the default in words, where its value depends on the machine

    def read(self, environ: Mapping[str, str]) -> Any:
        raw = environ.get(self.name, "").strip()
        if not raw:
            return self.default() if callable(self.default) else self.default
        try:
            return self.parse(raw)
        except ValueError as error:
            raise UnusableSetting(f"{self.name} is “{raw}”, but must be {error}") from None


def _flag(raw: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if raw.lower() not in known:
        raise ValueError("1 or 0")
    return known[raw.lower()]


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(raw: str) -> int:
        if not raw.isdigit() or not low <= int(raw) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(raw)

    return parse


def _words(raw: str) -> tuple[str, ...]:
    return tuple(word for word in raw.replace(",", " ").split() if word)


def _networks(raw: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(word, strict=False) for word in _words(raw))
    except ValueError:
        raise ValueError("addresses or networks, such as 10.0.0.0/8 192.168.1.20") from None


def _url(*schemes: str) -> Callable[[str], str]:
    def parse(raw: str) -> str:
        if not raw.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            raise ValueError(f"an address that starts with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        return raw

    return parse


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(raw: str) -> str:
        if raw.lower() not in words:
            raise ValueError(f"{', '.join(words[:-1])} or {words[-1]}")
        return raw.lower()

    return parse


def _folder(raw: str) -> Path:
    path = Path(raw).expanduser()
    if not path.is_absolute():
        raise ValueError("an absolute path")
    return path


def _home() -> Path:
    # The embedded database opens the modes of the folders above its own when root runs it: keep it out of /root.
    if sys.platform != "win32" and os.geteuid() == 0:
        return Path("/var/lib/clearspan")
    return Path(platformdirs.user_data_dir("clearspan", appauthor=False))


SETTINGS = (
    Setting(
        "CLEARSPAN_HOME",
        "path",
        _home,
        "Folder of the embedded database, attachments and the secret key.",
        _folder,
        "the platform's user data folder; /var/lib/clearspan for root",
    ),
    Setting(
        "CLEARSPAN_DATABASE_URL",
        "address",
        "",
        "A PostgreSQL server of your own, 15 or newer with pgvector: postgresql://user:password@host:5432/name. "
        "Without it the embedded server is used.",
        _url("postgresql", "postgres"),
        "the embedded server",
    ),
    Setting("CLEARSPAN_HOST", "text", "127.0.0.1", "Address on which the web server listens.", str),
    Setting("CLEARSPAN_PORT", "number", 8000, "Port on which the web server listens.", _whole(1, 65535)),
    Setting(
        "CLEARSPAN_BASE_URL",
        "address",
        "",
        "Address by which people reach Clearspan, used in mail and links, such as https://clearspan.example.com.",
        _url("http", "https"),
        "http://CLEARSPAN_HOST:CLEARSPAN_PORT; for a command without these, where it was last served",
    ),
    Setting(
        "CLEARSPAN_ALLOWED_HOSTS",
        "list",
        (),
        "Host names the server answers to, besides that of its address.",
        _words,
        "the host of the base address, localhost and 127.0.0.1",
    ),
    Setting("CLEARSPAN_WEB_THREADS", "number", 4, "Requests answered side by side.", _whole(1, 256)),
    Setting("CLEARSPAN_WORKERS", "number", 1, "Jobs (studies, imports, mail) done side by side.", _whole(1, 64)),
    Setting(
        "CLEARSPAN_SECRET_KEY",
        "text",
        "",
        "Signs sessions and links, and seals the tokens of trackers. Change it, and everybody signs in anew and those "
        "tokens have to be given again.",
        str,
        "made at the first start and kept in CLEARSPAN_HOME/secret_key",
    ),
    Setting(
        "CLEARSPAN_SECOND_FACTOR",
        "word",
        "nobody",
        "Who has to have a second factor besides the way they sign in: nobody, admins or everyone. Who has to and has "
        "none is led to set one up before anything else.",
        _one_of("nobody", "admins", "everyone"),
    ),
    Setting(
        "CLEARSPAN_PASSWORDS",
        "flag",
        True,
        "Whether people may sign in by a password. Off: by the identity provider only.",
        _flag,
    ),
    Setting(
        "CLEARSPAN_OIDC_URL",
        "address",
        "",
        "The issuer of an identity provider that speaks OpenID Connect, such as https://id.example.com/realms/company. "
        "People then sign in there.",
        _url("https", "http"),
        "no identity provider",
    ),
    Setting("CLEARSPAN_OIDC_CLIENT_ID", "text", "", "What the identity provider knows Clearspan by.", str),
    Setting("CLEARSPAN_OIDC_CLIENT_SECRET", "text", "", "What Clearspan proves itself by to the provider.", str),
    Setting("CLEARSPAN_OIDC_NAME", "text", "your company", "What follows “Sign in with” on the button.", str),
    Setting(
        "CLEARSPAN_OIDC_DOMAINS",
        "list",
        (),
        "Domains of mail addresses, such as example.com, whose people the provider lets in without an invitation.",
        _words,
        "nobody comes in uninvited",
    ),
    Setting(
        "CLEARSPAN_OIDC_FUNCTION",
        "text",
        "",
        "The function, as the company names it, of those who come in by their domain. It decides what they see.",
        str,
    ),
    Setting(
        "CLEARSPAN_MAIL_URL",
        "address",
        "",
        "Mail server: smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465. Without it mail is "
        "written to the log.",
        _url("smtp", "smtps"),
        "mail goes to the log",
    ),
    Setting("CLEARSPAN_MAIL_FROM", "text", "Clearspan <clearspan@localhost>", "Sender of mail.", str),
    Setting(
        "CLEARSPAN_TEXTS",
        "word",
        "meaning",
        "How texts are read: by what words mean too (English), or by the words alone (any language).",
        _one_of("meaning", "words"),
    ),
    Setting("CLEARSPAN_TIME_ZONE", "text", "UTC", "Time zone of dates on screens, such as Europe/Berlin.", str),
    Setting(
        "CLEARSPAN_UPLOAD_MB",
        "number",
        512,
        "Largest file that may be imported or attached, in megabytes.",
        _whole(1, 100_000),
    ),
    Setting(
        "CLEARSPAN_BACKUP_FOLDER",
        "path",
        None,
        "Folder for backups, best on another disk. The worker makes them; each is read back before old ones go.",
        _folder,
        "no backups are made",
    ),
    Setting("CLEARSPAN_BACKUP_HOURS", "number", 24, "Hours from one backup to the next.", _whole(1, 24 * 31)),
    Setting("CLEARSPAN_BACKUP_KEEP", "number", 14, "Backups that are kept; older ones go.", _whole(1, 1000)),
    Setting(
        "CLEARSPAN_TRACKER_NETWORKS",
        "list",
        (),
        "Addresses or networks of your own in which trackers may be, such as 10.0.0.0/8 192.168.1.20.",
        _networks,
        "only the public internet",
    ),
    Setting(
        "CLEARSPAN_PROXIES",
        "list",
        (),
        "Addresses or networks of the proxies in front of Clearspan, such as 127.0.0.1 10.0.0.0/8. Only from them is "
        "X-Forwarded-For believed, by which the public portal knows one visitor's network from another's.",
        _networks,
        "none: the address that connects is the visitor's",
    ),
    Setting(
        "CLEARSPAN_WEBHOOK_NETWORKS",
        "list",
        (),
        "Addresses or networks of your own that webhooks may be sent to, such as 10.0.0.0/8 192.168.1.20.",
        _networks,
        "only the public internet",
    ),
    Setting(
        "CLEARSPAN_DEMO",
        "flag",
        False,
        "The sample company: lets a visitor from this machine sign in as any of its people. `clearspan demo` sets it.",
        _flag,
    ),
    Setting("CLEARSPAN_DEBUG", "flag", False, "Shows tracebacks in the browser. Never on a reachable server.", _flag),
)


def read(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """All settings by name without its prefix, in lower case ('home', 'port', ...). Raises UnusableSetting.

    A variable that begins with CLEARSPAN_ but is none of ours is a misspelling, and is said.
    """
    environ = os.environ if environ is None else environ
    known = {setting.name for setting in SETTINGS}
    strange = sorted(name for name in environ if name.startswith("CLEARSPAN_") and name not in known | OTHERS.keys())
    if strange:
        raise UnusableSetting(f"{', '.join(strange)}: no such setting; `clearspan settings` lists them")
    values = {setting.name.removeprefix("CLEARSPAN_").lower(): setting.read(environ) for setting in SETTINGS}
    _fit_together(values)
    return values


def base_url(values: Mapping[str, Any], environ: Mapping[str, str] | None = None) -> str:
    """The address by which people reach it. A command in another terminal than the server's knows where that listens
    by what the server noted when it was started.
    """
    environ = os.environ if environ is None else environ
    if values["base_url"]:
        return str(values["base_url"])
    if not (environ.get("CLEARSPAN_HOST") or environ.get("CLEARSPAN_PORT")):
        with suppress(OSError, UnicodeDecodeError, ValueError):
            return _url("http")((values["home"] / SERVED).read_text().strip())
    return address(values["host"], values["port"])


def address(host: str, port: int) -> str:
    return f"http://{host}:{port}"


def _fit_together(values: Mapping[str, Any]) -> None:
    """Settings that mean nothing, or lock everybody out, without another."""
    for name, is_needed, why in (
        ("oidc_client_id", values["oidc_url"], "CLEARSPAN_OIDC_URL is set"),
        ("oidc_url", not values["passwords"], "CLEARSPAN_PASSWORDS is off, and nobody could sign in"),
        ("oidc_function", values["oidc_domains"], "CLEARSPAN_OIDC_DOMAINS lets people in"),
    ):
        if is_needed and not values[name]:
            raise UnusableSetting(f"CLEARSPAN_{name.upper()} is needed: {why}")


# Read elsewhere, each with what for.
OTHERS = {
    "CLEARSPAN_BENCH_DATA": "Folder of public data sets; benchmarks that need one are left out where it is missing.",
    "CLEARSPAN_TOKEN": "The token for whose person `clearspan do` and `clearspan mcp` act.",
}
