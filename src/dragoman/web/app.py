"""The app put together: guard, pages, API, files; errors as a page for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from dragoman import __version__
from dragoman.errors import DragomanError, NoSuchEventError
from dragoman.query.index import BeingDerivedError, Index, SlowQueryError
from dragoman.query.reporting import REPORTED_FROM, floor_of
from dragoman.web import api, pages, show
from dragoman.web.guard import LOCAL, Access, Guard
from dragoman.web.state import State

HERE = Path(__file__).parent


def create_app(
    record: str | Path, *, review: bool = False, reviewer: str = "reviewer", token: str | None = None, hosts: tuple[str, ...] = (),
    seconds: float = 10.0, index_folder: Path | None = None, min_confidence: float = REPORTED_FROM,
) -> FastAPI:  # fmt: skip
    """The web app on a record.

    Args:
        review: Opens the record for writing and adds the review pages; without it nothing can be changed.
        token: What every request must bring; None asks for none.
        hosts: Names the app answers to beside 127.0.0.1, localhost and ::1.
        seconds: What one question may take before it is stopped.
        min_confidence: Events at least this sure are shown where an address does not ask otherwise.

    Raises:
        DragomanError: the record cannot be opened; the message says why.
    """
    access = Access(hosts=(*LOCAL, *(h.lower() for h in hosts)), token=token)
    app = FastAPI(
        title="Dragoman", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json",
        description="Who did what to whom, when, where, about what, and according to whom: a record of events, each with its words.",
    )  # fmt: skip
    app.state.dragoman = State(
        Index.open(record, writable=review, folder=index_folder),
        access,
        _templates(),
        review,
        reviewer,
        seconds,
        floor_of(min_confidence),
    )
    app.include_router(api.router)
    app.include_router(pages.router)
    if review:
        from dragoman.web import review as reviews

        app.include_router(reviews.router)
    app.mount("/static", _Files(directory=HERE / "static"), name="static")
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.middleware("http")(_unchanged)
    app.add_middleware(Guard, access=access)
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(DragomanError, _told)
    app.add_exception_handler(RequestValidationError, _told)
    return app


class _Files(StaticFiles):
    """Files of this version: the address carries the version, so they may be kept."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "public, max-age=86400"
        return answer


def _templates() -> Jinja2Templates:
    environment = Environment(
        loader=PackageLoader("dragoman.web"), autoescape=select_autoescape(default=True), undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= show.FILTERS
    environment.globals |= {
        "version": __version__, "FIELDS": show.FIELDS, "STATUS_WORDS": show.STATUS_WORDS, "QUAD_NAMES": show.QUAD_NAMES,
        "sentence_pieces": show.sentence, "elsewhere": show.elsewhere, "is_state": show.is_state, "country_names": show.country_list,
    }  # fmt: skip
    return Jinja2Templates(env=environment)


async def _unchanged(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """ETags: what has not changed since the reader last asked is not worked out again."""
    if request.method not in ("GET", "HEAD") or request.url.path.startswith("/static/"):
        return await call_next(request)
    tag = request.app.state.dragoman.etag(request)
    if tag in [t.strip() for t in request.headers.get("if-none-match", "").split(",")]:
        return Response(
            status_code=304, headers={"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept, Cookie"}
        )
    answer = await call_next(request)
    if answer.status_code == 200:
        answer.headers["ETag"] = tag
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.headers.append("Vary", "Accept, Cookie")
    return answer


async def _told(request: Request, error: Exception) -> Response:
    """What went wrong and what to do, as the asker can read it."""
    status, message = _meaning(error)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status)
    state: State = request.app.state.dragoman
    return state.templates.TemplateResponse(
        request,
        "error.html",
        {"message": message, "status": status, "review": state.review, "path": "", "usual": state.min_confidence},
        status_code=status,
    )


def _meaning(error: Exception) -> tuple[int, str]:
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        where = ".".join(str(p) for p in first["loc"] if p not in ("query", "path", "body"))
        return 422, f"{where}: {first['msg']}"[:300]
    if isinstance(error, NoSuchEventError):
        return 404, f"{error.event_id[:40]}: the record holds no event, or several, with this id."
    if isinstance(error, SlowQueryError | BeingDerivedError):
        return 503, str(error)
    if isinstance(error, HTTPException):
        return error.status_code, str(error.detail)
    return 400, str(error)[:500]
