"""The Whoosh schema of a `Document`."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from index.analysis import FormAnalyzer, KeyAnalyzer, TermAnalyzer
from index.fold import fold, han_table
from index.model import Document
from index.tokens import runs, terms_of, written_forms_of
from index.verbatim import terms as verbatim_terms
from index.whooshes import COLUMN, TEXT, FieldType, Schema, columns, formats

# Raised by hand when analysis or fields change, so that an index made before is rebuilt.
ANALYSIS = 3

TEXT_FIELDS = ("title", "body", "note", "author")
FORM = "form"
VERBATIM = "verbatim"
ENTITY = "entity"


def schema() -> Schema:
    """What is kept of a document; see `index.analysis` and `index.verbatim`."""
    text = {name: TEXT(analyzer=TermAnalyzer()) for name in TEXT_FIELDS}
    numbers = {name: COLUMN(columns.NumericColumn("q")) for name in ("id", "date", "feed")}
    form = FieldType(formats.Existence(), FormAnalyzer())
    entity = FieldType(formats.Existence(), KeyAnalyzer())
    verbatim = FieldType(formats.Existence(), KeyAnalyzer())
    lang = COLUMN(columns.RefBytesColumn())
    return Schema(**text, **numbers, form=form, entity=entity, lang=lang, verbatim=verbatim)


def version() -> str:
    """Differs when the terms of a text would: an index of another version has to be rebuilt."""
    table = "".join(f"{source}{target}" for source, target in han_table().items())
    return f"{ANALYSIS}-{zlib.crc32(table.encode('utf-8')):08x}"


def fields(document: Document) -> Mapping[str, object]:
    """The field values of a document; its text is analysed here, each part once."""
    texts = (document.title, document.body, document.note, document.author)
    title, body, note, author = (runs(fold(text)) for text in texts)
    forms = written_forms_of([*title, *body, *note, *author])
    return {
        "id": document.id,
        "date": document.date,
        "feed": document.feed,
        "lang": document.lang,
        "title": terms_of(title),
        "body": terms_of(body),
        "note": terms_of(note),
        "author": terms_of(author),
        ENTITY: document.entities,
        FORM: sorted(forms),
        VERBATIM: verbatim_terms(texts[:3], document.author, forms),
    }
