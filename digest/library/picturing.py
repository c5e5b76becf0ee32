"""Pictures of articles, fetched when a person asks for one, by the rules for all from outside."""

from __future__ import annotations

from digest.config.settings import Fetch
from digest.errors import SourceError
from digest.ingest.ports import Cancelled

SECONDS = 20.0  # to draw it again; a large one takes less than one
_ACCEPT = "image/avif, image/webp, image/png, image/jpeg, image/gif;q=0.8"


def picture(settings: Fetch, address: str, size: tuple[int, int], cancelled: Cancelled) -> bytes:
    """The picture at `address` as PNG of at most `size` (width, height) pixels. Nothing is kept.

    Raises:
        SourceError: there is none, or it is refused; the message says why.
    """
    from digest.ingest.net.client import Client  # noqa: PLC0415 - httpx2
    from digest.ingest.net.words import status_problem  # noqa: PLC0415 - as above
    from digest.ingest.workshop import Workshop  # noqa: PLC0415 - only when something is read

    with Client(settings) as client, Workshop(1, seconds=SECONDS) as workshop:
        answer = client.get(address, headers={"accept": _ACCEPT}, cancelled=cancelled)
        if answer.status != 200:
            raise SourceError(status_problem(answer.status))
        drawn: bytes = workshop.run(
            "picture", data=answer.body, widest=size[0], highest=size[1], cancelled=cancelled
        )
        return drawn
