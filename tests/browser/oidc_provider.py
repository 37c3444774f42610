"""统一身份认证的替身：a provider of identities in a process of its own, with the code flow and its checks.

    python tests/browser/oidc_provider.py 8999 CLIENT_SECRET

It asks who one is and believes it; what it checks is the client: its secret, the redirect address, and the proof that
whoever brings a code is whoever asked for it (PKCE). ``FORGE`` as the staff number makes it sign with a wrong key.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

PORT, SECRET = int(sys.argv[1]), sys.argv[2]
ISSUER, CLIENT = f"http://127.0.0.1:{PORT}", "tianping"
KEY, WRONG = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
FORGE = "FORGE-"
asked: dict[str, dict[str, str]] = {}  # by code
holders: dict[str, str] = {}  # staff number by access token


class Provider(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        where = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(where.query).items()}
        if where.path == "/authorize":
            kept = "".join(
                f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
                for name, value in query.items()
            )
            self._answer(f'<form method="post"><input name="staff_no">{kept}<button>认证</button></form>', "text/html")
        elif where.path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self._json({"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]})
        elif where.path == "/userinfo":
            staff_no = holders.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
            if staff_no is None:
                self._json({"error": "invalid_token"}, 401)
            else:
                self._json({"sub": staff_no, "preferred_username": staff_no})
        else:
            self._json({}, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        said = {name: values[0] for name, values in parse_qs(body).items()}
        if urlsplit(self.path).path == "/authorize":
            code = secrets.token_urlsafe(16)
            asked[code] = said
            self.send_response(302)
            self.send_header("Location", f"{said['redirect_uri']}?{urlencode({'code': code, 'state': said['state']})}")
            self.end_headers()
            return
        before = asked.pop(said.get("code", ""), None)  # a code is good once
        if before is None or self._client(said) != (CLIENT, SECRET) or not _proved(before, said):
            self._json({"error": "invalid_grant"}, 400)
            return
        staff_no = before["staff_no"]
        forged, staff_no = staff_no.startswith(FORGE), staff_no.removeprefix(FORGE)
        access = secrets.token_urlsafe(16)
        holders[access] = staff_no
        token = {"iss": ISSUER, "aud": CLIENT, "sub": staff_no, "nonce": before["nonce"], "exp": time.time() + 60}
        signed = jwt.encode(token, WRONG if forged else KEY, algorithm="RS256", headers={"kid": "1"})
        self._json({"id_token": signed, "access_token": access, "token_type": "Bearer"})

    def _client(self, said: dict[str, str]) -> tuple[str | None, str | None]:
        return said.get("client_id"), said.get("client_secret")

    def _json(self, value: dict[str, Any], status: int = 200) -> None:
        self._answer(json.dumps(value), "application/json", status)

    def _answer(self, text: str, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        return


def _proved(before: dict[str, str], said: dict[str, str]) -> bool:
    """PKCE: the code comes with the word whose hash was sent when it was asked for, and to the same address."""
    digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return challenge == before.get("code_challenge") and said.get("redirect_uri") == before["redirect_uri"]


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", PORT), Provider).serve_forever()
