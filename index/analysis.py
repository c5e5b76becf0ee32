"""The Whoosh analyzers: terms for matching, and the written forms of words.

`title`, `body`, `note` and `author` hold stems of words and pairs of Han and kana characters, with
positions. The field `form` holds, per document, the distinct words of all four as they
are written (folded, but not stemmed), without positions or frequencies. It costs about a
tenth of the postings and serves three ends at once:

- documents with the written form rank above those that only share the stem;
- `chip*` is a prefix of what stands in the text, which a stem is not (`companies*`);
- with `index.verbatim` it answers `=word`. Of `="a b"` and of several Han or kana both only narrow
  down which texts are to be read: every exact form with its positions would double the index for
  a rare question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from index.fold import fold, fold_with_places
from index.tokens import RUN, is_cjk, runs, stem, terms_of, written_forms_of
from index.whooshes import Token, Tokenizer


class TermAnalyzer(Tokenizer):  # type: ignore[misc]  # Whoosh has no types
    """Stems and pairs with their positions, as `index.tokens` makes them."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @staticmethod
    def fast_tokens(value: str | Sequence[str]) -> list[str]:
        """All terms in order of position; a sequence is taken for terms already."""
        return terms_of(runs(fold(value))) if isinstance(value, str) else list(value)

    def __call__(
        self,
        value: str,
        *,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        tokenize: bool = True,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Token]:
        """Whoosh's protocol: one token after the other, in the same object.

        In the mode "query" the single character at the end of a run, which a text that goes on
        does not have, is left out unless it is the whole run.
        """
        token = Token(positions, chars, mode=mode, **kwargs)
        found = _spans(value, mode) if tokenize else [(value, 0, 0, len(value))]
        for text, place, start, end in found:
            token.text = text
            token.boost = 1.0
            token.stopped = False
            if keeporiginal:
                token.original = value[start:end]
            if positions:
                token.pos = start_pos + place
            if chars:
                token.startchar, token.endchar = start_char + start, start_char + end
            yield token


class FormAnalyzer(Tokenizer):  # type: ignore[misc]  # Whoosh has no types
    """The distinct words as written, folded, without Han and kana."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @staticmethod
    def fast_tokens(value: str | Sequence[str]) -> list[str]:
        """The distinct forms, sorted; a sequence is taken for forms already."""
        return (
            sorted(written_forms_of(runs(fold(value)))) if isinstance(value, str) else list(value)
        )

    def __call__(self, value: str, **kwargs: Any) -> Iterator[Token]:
        """Whoosh's protocol; forms have no positions."""
        token = Token(mode=kwargs.get("mode", ""))
        forms = self.fast_tokens(value) if kwargs.get("tokenize", True) else [value]
        for form in forms:
            token.text = form
            token.boost = 1.0
            token.stopped = False
            yield token


class KeyAnalyzer(Tokenizer):  # type: ignore[misc]  # Whoosh has no types
    """Keys as they are, from a text with a space between two or from a sequence."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @staticmethod
    def fast_tokens(value: str | Sequence[str]) -> list[str]:
        """The distinct keys, sorted."""
        return sorted(set(value.split() if isinstance(value, str) else value))

    def __call__(self, value: str, **kwargs: Any) -> Iterator[Token]:
        """Whoosh's protocol; keys have no positions."""
        token = Token(mode=kwargs.get("mode", ""))
        for key in self.fast_tokens(value):
            token.text = key
            token.boost = 1.0
            token.stopped = False
            yield token


def _spans(value: str, mode: str) -> Iterator[tuple[str, int, int, int]]:
    """Each term with its position and its place in the text as written."""
    folded = fold_with_places(value)
    position = 0
    for match in RUN.finditer(folded.text):
        run, start = match[0], match.start()
        if not is_cjk(run):
            yield stem(run), position, *folded.span(start, match.end())
            position += 1
            continue
        last = len(run) - 1
        for at in range(len(run)):
            if at < last or mode != "query" or last == 0:
                end = min(at + 2, len(run))
                yield run[at:end], position + at, *folded.span(start + at, start + end)
        position += len(run)
