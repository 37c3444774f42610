"""统一身份认证：a provider of our own on loopback says who somebody is; what it says wrongly signs nobody in."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import path
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView

from tests.cast import Court
from tianping.config.urls import urlpatterns as served
from tianping.foundation.accounts.access import public
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.oidc import StaffOIDCBackend

pytestmark = pytest.mark.django_db
KEY, OTHER = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
urlpatterns = [
    *served,
    path("oidc/callback/", public(OIDCAuthenticationCallbackView.as_view()), name="oidc_authentication_callback"),
]


class Provider:
    """认证服务：what the next token and the next account say."""

    def __init__(self) -> None:
        self.key, self.token, self.account = KEY, {}, {}
        self.address = ""

    def speaks_of(self, staff_no: str, **token: Any) -> None:
        said = {"iss": self.address, "aud": "tianping", "sub": "7", "nonce": "n", "exp": time.time() + 60}
        self.token = said | token
        self.account = {"sub": "7", "preferred_username": staff_no}

    def answers(self, address: str) -> dict[str, Any]:
        if address == "/jwks":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [key | {"kid": "1", "alg": "RS256"}]}
        if address == "/token":
            token = jwt.encode(self.token, self.key, algorithm="RS256", headers={"kid": "1"})
            return {"id_token": token, "access_token": "a"}
        return self.account


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    told = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = json.dumps(told.answers(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.address = f"http://127.0.0.1:{server.server_port}"
    settings.ROOT_URLCONF = __name__
    settings.OIDC_OP_TOKEN_ENDPOINT = f"{told.address}/token"
    settings.OIDC_OP_USER_ENDPOINT = f"{told.address}/userinfo"
    settings.OIDC_OP_JWKS_ENDPOINT = f"{told.address}/jwks"
    settings.OIDC_OP_ISSUER = told.address
    settings.OIDC_RP_CLIENT_ID = "tianping"
    settings.OIDC_RP_CLIENT_SECRET = "s" * 32
    settings.OIDC_RP_SIGN_ALGO = "RS256"
    settings.OIDC_RP_SCOPES = "openid profile"
    settings.OIDC_CREATE_USER = False
    yield told
    server.shutdown()
    server.server_close()


def signed_in() -> User | None:
    request: HttpRequest = RequestFactory().get("/oidc/callback/", {"code": "c", "state": "s"})
    request.session = {}  # type: ignore[assignment]
    return StaffOIDCBackend().authenticate(request, nonce="n")


def test_the_staff_number_says_who(court: Court, provider: Provider) -> None:
    lin = court.people["林知远"]
    provider.speaks_of(lin.staff_no)
    assert signed_in() == lin


def test_nobody_is_registered_by_signing_in(court: Court, provider: Provider) -> None:
    count = User.objects.count()
    for stranger in ("NOBODY", "", court.people["林知远"].staff_no.lower()):
        provider.speaks_of(stranger)
        assert signed_in() is None
    provider.account.pop("preferred_username")
    assert signed_in() is None
    assert User.objects.count() == count


def test_an_account_out_of_use_is_not_signed_in(court: Court, provider: Provider) -> None:
    lin = court.people["林知远"]
    provider.speaks_of(lin.staff_no)
    User.objects.filter(pk=lin.pk).update(is_active=False)
    assert signed_in() is None
    User.objects.filter(pk=lin.pk).update(is_active=True, last_day="2020-01-01")
    assert signed_in() is None


@pytest.mark.parametrize(
    "token",
    [{"iss": "http://other"}, {"aud": "other"}, {"exp": 1}, {"nonce": "other"}, {"sub": "8"}],
    ids=lambda token: next(iter(token)),
)
def test_a_token_of_or_for_somebody_else_is_refused(court: Court, provider: Provider, token: dict[str, Any]) -> None:
    provider.speaks_of(court.people["林知远"].staff_no, **token)
    assert signed_in() is None


def test_a_token_signed_by_another_key_is_refused(court: Court, provider: Provider) -> None:
    provider.speaks_of(court.people["林知远"].staff_no)
    provider.key = OTHER
    assert signed_in() is None


def test_a_provider_that_is_down_signs_nobody_in(court: Court, provider: Provider, settings: Any) -> None:
    provider.speaks_of(court.people["林知远"].staff_no)
    settings.OIDC_OP_TOKEN_ENDPOINT = "http://127.0.0.1:9/token"
    assert signed_in() is None
