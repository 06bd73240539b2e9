"""A small OpenID Connect provider on this machine: discovery, keys, authorization, tokens, userinfo.

It asks for no password: whoever comes is `provider.person`. `claims` and `signed_by` bend its next answer, to see what
is refused. What it is asked for wrongly it refuses itself, as a real one does: unknown client, other redirect address,
a code used twice, a wrong secret, a PKCE verifier that does not fit.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "clearspan", "a secret between two"


class Provider:
    """Runs from `start` to `stop`. `url` is its issuer."""

    def __init__(self) -> None:
        self.key, self.others = _key(), _key()
        self.person: dict[str, Any] = {"sub": "248289761001", "email": "sol@example.org", "email_verified": True}
        self.claims: dict[str, Any] = {}  # put over the ID token's own; None takes one away
        self.algorithm, self.signed_by = "RS256", self.key
        self.userinfo: dict[str, Any] | None = None
        self.says_no = ""
        self.asked: list[dict[str, str]] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"provider": self}))
        self.url = f"http://127.0.0.1:{self.server.server_port}/realms/harbour"

    def start(self) -> Provider:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, **self.person}
        claims = {name: value for name, value in (claims | self.claims).items() if value is not None}
        key = (
            SECRET.ljust(32, ".") if self.algorithm == "HS256" else None if self.algorithm == "none" else self.signed_by
        )
        return jwt.encode(claims, key, self.algorithm, headers={"kid": "one"})  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        path, asked = self._asked(urlsplit(self.path).query)
        if path == "/.well-known/openid-configuration":
            return self._answer(self._about())
        if path == "/keys":
            public = jwt.algorithms.RSAAlgorithm.to_jwk(self.provider.key.public_key(), as_dict=True)
            return self._answer({"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]})
        if path == "/authorize":
            return self._authorize(asked)
        if path == "/userinfo" and self.headers.get("Authorization") == "Bearer an-access-token":
            return self._answer(self.provider.userinfo or self.provider.person)
        return self._answer({"error": "not_found"}, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        path, given = self._asked(body)
        granted = self.provider.codes.pop(given.get("code", ""), None)
        if path != "/token" or granted is None or not _fits(given, granted):
            return self._answer({"error": "invalid_grant"}, 400)
        token = self.provider.id_token(granted.get("nonce", ""))
        return self._answer({"access_token": "an-access-token", "token_type": "Bearer", "id_token": token})

    def _asked(self, query: str) -> tuple[str, dict[str, str]]:
        given = {name: values[0] for name, values in parse_qs(query).items()}
        return urlsplit(self.path).path.removeprefix("/realms/harbour"), given

    def _about(self) -> dict[str, Any]:
        url = self.provider.url
        return {
            "issuer": url, "authorization_endpoint": f"{url}/authorize", "token_endpoint": f"{url}/token",
            "jwks_uri": f"{url}/keys", "userinfo_endpoint": f"{url}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }  # fmt: skip

    def _authorize(self, asked: dict[str, str]) -> None:
        self.provider.asked.append(asked)
        if asked["client_id"] != CLIENT or asked["code_challenge_method"] != "S256" or "openid" not in asked["scope"]:
            return self._answer({"error": "invalid_request"}, 400)
        code = secrets.token_urlsafe(8)
        self.provider.codes[code] = asked
        said = {"error": self.provider.says_no} if self.provider.says_no else {"code": code}
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({**said, 'state': asked['state']})}")
        self.end_headers()
        return None

    def _answer(self, said: Any, status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silent."""


def _fits(given: dict[str, str], granted: dict[str, str]) -> bool:
    hashed = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
    return (
        given.get("client_id") == CLIENT
        and given.get("client_secret") == SECRET
        and given.get("redirect_uri") == granted["redirect_uri"]
        and base64.urlsafe_b64encode(hashed).rstrip(b"=").decode() == granted["code_challenge"]
    )


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)
