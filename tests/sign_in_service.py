"""A service to sign in at, on this machine and over HTTP, that can be told to cheat."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "keck", "geheimnis des programms"
BEGIN, BACK = "/intern/anmelden/dienst", "/intern/anmelden/dienst/zurueck"
GROUPS = (("statistik", "editor"), ("it", "admin"), ("kita", "carrier"))
CLAIMS = {
    "sub": "4711",
    "preferred_username": "erika",
    "groups": ["sport", "statistik"],
    "department": "Amt für Statistik",
}


class SignInService:
    """Answers as a provider does; ``claims`` are changed and ``sign`` exchanged by tests."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "1"})
        self.keys = [self.key]
        self.now: Callable[[], float] = time.time
        self.claims: dict[str, Any] = dict(CLAIMS)
        self.described: dict[str, Any] = {}
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service._get(self)

            def do_POST(self) -> None:
                service._post(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"

    def signed(self, claims: dict[str, Any]) -> str:
        """Return claims signed as they should be."""
        return jwt.encode({"alg": "RS256", "kid": str(self.key.kid)}, claims, self.key)

    def unsigned(self, claims: dict[str, Any]) -> str:
        """Return claims with the algorithm "none"."""
        parts = [{"alg": "none"}, claims]
        return ".".join(_plain(json.dumps(part).encode()) for part in parts) + "."

    def signed_with_public_key(self, claims: dict[str, Any]) -> str:
        """Return claims signed with the public key as if it were a shared secret."""
        header = {"alg": "HS256", "kid": "1"}
        text = ".".join(_plain(json.dumps(part).encode()) for part in (header, claims))
        pem = self.key.as_pem(private=False)
        return f"{text}.{_plain(hmac.digest(pem, text.encode(), 'sha256'))}"

    def signed_by_another(self, claims: dict[str, Any]) -> str:
        """Return claims signed with a key the service does not name."""
        return jwt.encode({"alg": "RS256", "kid": "1"}, claims, RSAKey.generate_key(2048))

    def renew_key(self) -> None:
        """Sign with a new key from now on; the old one is no longer named."""
        self.key = RSAKey.generate_key(2048, {"kid": "2"})
        self.keys = [self.key]

    def signs_in(self, address: str) -> str:
        """Let somebody sign in where a browser was led to; return where it is sent back to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        given = {"code": code, "state": asked["state"], "iss": self.issuer}
        return asked["redirect_uri"] + "?" + urlencode(given)

    def _get(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        if handler.path == "/.well-known/openid-configuration":
            found = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/auth",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                **self.described,
            }
            return _answer(handler, 200, found)
        if handler.path == "/keys":
            keys = [key.as_dict(private=False) for key in self.keys]
            return _answer(handler, 200, {"keys": keys})
        if handler.path.startswith("/auth?"):
            handler.send_response(302)
            handler.send_header("Location", self.signs_in(handler.path))
            handler.send_header("Content-Length", "0")
            return handler.end_headers()
        return _answer(handler, 404, {})

    def _post(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        length = int(handler.headers["Content-Length"])
        form = {k: v[0] for k, v in parse_qs(handler.rfile.read(length).decode()).items()}
        asked = self.codes.pop(form.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        challenge = _plain(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if (
            asked is None
            or handler.headers.get("Authorization") != f"Basic {basic}"
            or challenge != asked["code_challenge"]
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            return _answer(handler, 400, {"error": "invalid_grant"})
        now = int(self.now())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], **self.claims,
        }  # fmt: skip
        token = {"access_token": "x", "token_type": "Bearer", "id_token": self.sign(claims)}
        return _answer(handler, 200, token)


def _answer(handler: BaseHTTPRequestHandler, status: int, found: dict[str, Any]) -> None:
    body = json.dumps(found).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def sign_in_service() -> Iterator[SignInService]:
    """Run the service for the time of a test."""
    service = SignInService()
    thread = threading.Thread(target=service.server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.server.shutdown()
        service.server.server_close()
        thread.join()


def led_to(client, wanted=""):
    """Return the address at the service that a browser is sent to."""
    answer = client.get(BEGIN, query_string={"next": wanted})
    assert answer.status_code == 303
    return answer.headers["Location"]


def come_back(client, address, **changed):
    """Return the answer to what the service sends a browser back with, or to something else."""
    given = {**dict(parse_qsl(urlsplit(address).query)), **changed}
    return client.get(f"{BACK}?{urlencode({k: v for k, v in given.items() if v is not None})}")


def signed_in(server, service, wanted="", **changed):
    """Sign somebody in with a new browser; return it and the last answer."""
    client = server.test_client()
    return client, come_back(client, service.signs_in(led_to(client, wanted)), **changed)
