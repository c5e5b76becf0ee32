"""`digest serve`: the desk in a browser on this machine."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.options import WholeNumber
from digest.errors import UsageError

if TYPE_CHECKING:
    from aiohttp import web

HOST = "127.0.0.1"
# The page of textual-serve would load a typeface from elsewhere; it does as well without.
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self' ws://{host}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@click.command()
@click.option("--port", default=8000, show_default=True, type=WholeNumber(1, 65535))
@pass_session
def serve(session: Session, port: int) -> None:
    """Open the desk in a browser, on this machine only.

    It listens on 127.0.0.1, where no other machine can reach it; Ctrl-C ends it. It needs the extra
    'serve': pip install 'taiwan-japan-digest[serve]'.
    """
    try:
        from textual_serve.server import Server  # noqa: PLC0415 - aiohttp, only to serve
    except ImportError as error:
        raise UsageError(
            "serving needs the extra: pip install 'taiwan-japan-digest[serve]'"
        ) from error
    words = [sys.executable, "-m", "digest", "--home", str(session.folder)]
    if session.config_file is not None:
        words += ["--config", str(session.config_file)]
    output.talk(f"the desk is at http://{HOST}:{port}; Ctrl-C ends it")

    class LocalServer(Server):
        """Answers pages of its own alone: any site can have a browser ask 127.0.0.1."""

        async def _make_app(self) -> web.Application:
            app: web.Application = await super()._make_app()
            app.middlewares.append(own_pages_only(port))
            app.on_response_prepare.append(nothing_from_elsewhere)
            return app

    LocalServer(shlex.join(words), host=HOST, port=port, title="Taiwan-Japan Digest").serve()


def own_pages_only(port: int) -> Any:
    """A middleware that refuses other names of this host (rebinding) and other origins."""
    from aiohttp import web  # noqa: PLC0415 - only to serve

    hosts = {f"{name}:{port}" for name in (HOST, "localhost")}
    origins = {f"http://{host}" for host in hosts}

    @web.middleware
    async def check(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if request.host not in hosts or (origin is not None and origin not in origins):
            raise web.HTTPForbidden(text="This desk answers its own page only.")
        return await handler(request)

    return check


async def nothing_from_elsewhere(request: web.Request, response: web.StreamResponse) -> None:
    """Have the browser load nothing from, and tell nothing to, anybody else."""
    response.headers["Content-Security-Policy"] = _POLICY.format(host=request.host)
    response.headers["Referrer-Policy"] = "no-referrer"
