"""What keeps the app safe: which hosts it answers, who may ask, what a page may load, where a form may come from."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL = ("127.0.0.1", "localhost", "[::1]")
COOKIE = "dragoman_token"
LONGEST_QUERY = 4_000
LARGEST_BODY = 64 * 1024

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # none at all would make forms say "Origin: null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask.

    Attributes:
        hosts: Names that the Host header may give, without port; anything else is refused (DNS rebinding).
        token: What every request must bring (once as `?token=`, then as a cookie, or as a Bearer header); None: no token.
        form_key: What every form of this run carries, so that no other site can post one.
    """

    hosts: tuple[str, ...] = LOCAL
    token: str | None = None
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(24))


class Guard:
    """ASGI middleware that refuses before anything is looked up, and adds the headers to every answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    if name == "Content-Security-Policy" and name in headers:
                        continue
                    headers[name] = value
            await send(message)

        refused = self._refusal(Request(scope))
        if refused is not None:
            await refused(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)

    def _refusal(self, request: Request) -> Response | None:
        headers = request.headers
        if not host_is(headers.get("host", ""), self._access.hosts):
            return PlainTextResponse(
                "This address is not one the app answers. Use the one that `dragoman serve` printed, or name this one with `--allow-host`.\n",
                421,
            )
        if len(request.scope.get("query_string", b"")) > LONGEST_QUERY:
            return PlainTextResponse(f"The question is longer than {LONGEST_QUERY} characters. Shorten it.\n", 414)
        if self._access.token is not None:
            answer = self._without_token(request)
            if answer is not None:
                return answer
        if request.method not in ("GET", "HEAD", "OPTIONS") and not same_origin(headers):
            return PlainTextResponse("Forms are taken from the app's own pages only.\n", 403)
        if headers.get("content-length", "0").isdigit() and int(headers.get("content-length", "0")) > LARGEST_BODY:
            return PlainTextResponse(f"The body is larger than {LARGEST_BODY} bytes.\n", 413)
        return None

    def _without_token(self, request: Request) -> Response | None:
        """None when the token is right; a redirect that turns `?token=` into a cookie; else a refusal."""
        assert self._access.token is not None
        bearer = request.headers.get("authorization", "")
        if bearer.startswith("Bearer ") and same(bearer.removeprefix("Bearer "), self._access.token):
            return None
        if same(request.cookies.get(COOKIE, ""), self._access.token):
            return None
        if same(request.query_params.get("token", ""), self._access.token):
            rest = [(k, v) for k, v in parse_qsl(request.url.query) if k != "token"]
            path = "/" + request.url.path.lstrip("/\\")
            answer = RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), 303)
            answer.set_cookie(
                COOKIE, self._access.token, httponly=True, samesite="strict", secure=request.url.scheme == "https"
            )
            return answer
        return PlainTextResponse(
            "This app asks for a token. Open the address with `?token=...` that `dragoman serve` printed, or send it as `Authorization: Bearer ...`.\n",
            401,
            {"WWW-Authenticate": "Bearer"},
        )


def host_is(given: str, allowed: tuple[str, ...]) -> bool:
    """Whether a Host header names one of the hosts, on any port."""
    name = given.rsplit(":", 1)[0] if not given.endswith("]") and ":" in given else given
    return name.lower() in allowed


def same(given: str, wanted: str) -> bool:
    """Equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def same_origin(headers: Headers) -> bool:
    """Whether a form comes from the app's own page: Origin (or, without one, Referer) names the Host asked."""
    if headers.get("sec-fetch-site") not in (None, "same-origin"):
        return False
    stated = headers.get("origin") or headers.get("referer")
    return stated is not None and urlsplit(stated).netloc.lower() == headers.get("host", "").lower()
