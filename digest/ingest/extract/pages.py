"""Pages and fragments to articles: the steps in order."""

from __future__ import annotations

from digest.blocks import bounded, to_text
from digest.errors import SourceError
from digest.ingest.extract.adapter import main_text
from digest.ingest.extract.captions import make_figures
from digest.ingest.extract.decode import decode
from digest.ingest.extract.figures import note_figures, place_figures
from digest.ingest.extract.language import east_asian, language
from digest.ingest.extract.lead_image import first_figure, lead_image
from digest.ingest.extract.metadata import Metadata, read_metadata
from digest.ingest.extract.prepare import prepare
from digest.ingest.extract.rescue import with_structure
from digest.ingest.extract.structure import blocks_of
from digest.ingest.extract.stubs import is_stub
from digest.ingest.extract.titles import best_title, without_title
from digest.ingest.extract.tree import parsed
from digest.ingest.extract.values import Extracted, Hints
from digest.model import Block
from digest.text import cut_headline


def extract_page(html: bytes, *, url: str, content_type: str = "", hints: Hints) -> Extracted:
    """The article on a whole page.

    Raises:
        SourceError: the page has no text, or none that could be read.
    """
    tree, cut = parsed(decode(html, content_type))
    metadata = read_metadata(tree, url=url, hints=hints)
    prepare(tree)
    figures = note_figures(tree, url)
    body = main_text(tree, east_asian=east_asian(tree.text_content()))
    blocks = with_structure(blocks_of(body, url), tree, url)
    return _article(place_figures(blocks, figures), metadata, url, hints, cut=cut)


def extract_fragment(html: str, *, url: str, hints: Hints) -> Extracted:
    """All of a piece of HTML (or of plain text) as an article.

    Raises:
        SourceError: it has no text.
    """
    tree, cut = parsed(html)
    metadata = read_metadata(tree, url=url, hints=hints)
    make_figures(tree)
    return _article(blocks_of(tree, url), metadata, url, hints, cut=cut)


def _article(
    found: list[Block], metadata: Metadata, url: str, hints: Hints, *, cut: bool
) -> Extracted:
    blocks, shortened = bounded(found)
    text = to_text(blocks)
    if not text.strip():
        raise SourceError("There is no text on the page.")
    title = best_title(metadata.titles, hints) or cut_headline(text)
    blocks = without_title(blocks, title)
    return Extracted(
        title=title,
        blocks=blocks,
        author=metadata.author,
        outlet=hints.outlet or metadata.outlet,
        lang=language(f"{title}\n{text}", declared=metadata.languages, hint=hints.lang),
        published=metadata.published,
        modified=metadata.modified,
        section=metadata.section,
        image=lead_image([*metadata.images, *first_figure(blocks)], url),
        headline=best_title(metadata.titles, Hints()) or cut_headline(text),
        canonical_url=metadata.canonical_url,
        partial=cut or shortened or is_stub(text, paid=metadata.paid),
    )
