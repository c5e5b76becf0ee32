"""One page: downloaded, judged whether it is the article at all, and cleaned into a draft."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

from digest.config.secrets import Secret
from digest.config.settings import Fetch
from digest.errors import SourceError
from digest.ingest.drafts import of_paper, page_draft
from digest.ingest.extract.values import Extracted, Hints
from digest.ingest.hollow import is_notice
from digest.ingest.landing import barrier, led_astray
from digest.ingest.net.budget import Cancelled, never
from digest.ingest.net.client import Client, Response
from digest.ingest.net.words import status_problem
from digest.ingest.sources.pdf import is_pdf
from digest.ingest.workshop import Workshop
from digest.model import Draft

_PDF_TYPES = ("application/pdf", "application/x-pdf")
_PAGE_TYPES = ("", "text/html", "application/xhtml+xml", "application/xml", "text/xml")
# Types that servers give to what they have not looked at.
_UNSURE_TYPES = ("application/octet-stream", "text/plain")
_SNIFF_BYTES = 1000


class Busy(SourceError):
    """The site asks to come back later; `answer` says when."""

    def __init__(self, answer: Response) -> None:
        super().__init__(status_problem(answer.status))
        self.answer = answer


class Closed(SourceError):
    """There is nothing to read there, and no later try will change that."""


# A login, a payment, gone for good, a legal reason: no trouble that passes.
_CLOSED = (401, 402, 410, 451)


def download(
    client: Client, url: str, cancelled: Cancelled, secret: Secret | None = None
) -> Response:
    """The page at `url`, asked for with `secret` where that is meant for it.

    Raises:
        Stopped: `cancelled` said so.
        Busy: HTTP 429 or 503.
        Closed: there is no page to read there.
        SourceError: it cannot be read now.
    """
    response = client.get(url, secret=secret, cancelled=cancelled)
    if response.status in (429, 503):
        raise Busy(response)
    if response.status in _CLOSED:
        raise Closed(status_problem(response.status))
    if response.status != 200:
        raise SourceError(status_problem(response.status))
    _check_type(response)
    if problem := led_astray(url, response.url):
        raise SourceError(problem)
    return response


def _check_type(response: Response) -> None:
    kind = response.content_type.partition(";")[0].strip().lower()
    if kind in _PAGE_TYPES or kind in _PDF_TYPES or is_pdf(response.body):
        return
    if kind in _UNSURE_TYPES and b"<html" in response.body[:_SNIFF_BYTES].lower():
        return
    raise Closed(f"this is not a web page but {kind[:60]}")


def read_page(
    response: Response, *, hints: Hints, workshop: Workshop, cancelled: Cancelled
) -> Draft:
    """The article on a downloaded page, or in a paper.

    Raises:
        Stopped: `cancelled` said so.
        SourceError: there is no article on it, or it took too long.
    """
    if is_pdf(response.body):
        paper: Draft = workshop.run(
            "paper", data=response.body, url=response.url, hints=hints, cancelled=cancelled
        )
        return of_paper(paper, response, hints=hints)
    extracted: Extracted = workshop.run(
        "page",
        html=response.body,
        url=response.url,
        content_type=response.content_type,
        hints=hints,
        cancelled=cancelled,
    )
    if (problem := barrier(extracted.canonical_url)) and not barrier(response.url):
        raise SourceError(problem)
    texts = [block.text for block in extracted.blocks]
    if is_notice(extracted.headline, texts, feed_title=hints.title):
        raise SourceError("the page holds a notice and no article")
    return page_draft(extracted, response, hints=hints)


def fetch_page(
    url: str,
    settings: Fetch,
    *,
    hints: Hints | None = None,
    cancelled: Cancelled = never,
    secret: Secret | None = None,
    client: Client | None = None,
    workshop: Workshop | None = None,
) -> Draft:
    """The article at an address that a person gave, which robots.txt does not bind.

    For many addresses, hand over one `client` and one `workshop`; without, each is made for the
    call and closed.

    Raises:
        Stopped: `cancelled` said so.
        SourceError: it could not be read; the message says why.
    """
    with contextlib.ExitStack() as stack:
        asker = client or stack.enter_context(Client(settings))
        helper = workshop or stack.enter_context(Workshop(1))
        response = download(asker, url, cancelled, secret)
        return read_page(
            response,
            hints=hints or Hints(now=datetime.now(UTC)),
            workshop=helper,
            cancelled=cancelled,
        )
