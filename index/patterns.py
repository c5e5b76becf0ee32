"""What one piece of text in a query looks for: terms in a row, in one of a few spellings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from index import english, kana
from index.fold import fold
from index.query.ast import And, Named, Near, Node, Not, Or, Pasted, Words
from index.tokens import is_cjk, runs, stem, terms_of, written_form

MAX_TERMS = 96  # of one pattern; the rest of a longer text is not looked for


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a pattern.

    Attributes:
        text: the term; of a prefix what the term begins with.
        cjk: whether it is of Han or kana characters; else a word.
        written: of a word its written form.
        prefix: whether the term may go on.
    """

    text: str
    cjk: bool
    written: str = ""
    prefix: bool = False


Pattern = tuple[Term, ...]


@lru_cache(4096)
def patterns(words: Words) -> tuple[Pattern, ...]:
    """The alternatives for a piece of text; empty when there is no term in it."""
    folded = fold(words.text)
    texts = (folded,) if words.exact else spellings(folded)
    found = (_pattern(runs(text), prefix=words.prefix) for text in texts)
    return tuple(dict.fromkeys(pattern for pattern in found if pattern))


def spellings(folded: str) -> tuple[str, ...]:
    """A folded text and the other ways to write the same words."""
    return english.spellings(folded) if folded.isascii() else kana.spellings(folded)


def _pattern(found: list[str], *, prefix: bool) -> Pattern:
    terms: list[Term] = []
    for number, run in enumerate(found):
        last = number == len(found) - 1
        if not is_cjk(run):
            written = written_form(run)
            on = prefix and last
            terms.append(Term(written if on else stem(run), cjk=False, written=written, prefix=on))
        elif last:
            terms += _last_run(run)
        else:
            terms += (Term(text, cjk=True) for text in terms_of([run]))
    return tuple(terms[:MAX_TERMS])


def _last_run(run: str) -> list[Term]:
    """The run a text ends with, which may go on in a document.

    Its last character has no term of its own there, and one character alone is what any pair may
    begin with.
    """
    if len(run) == 1:
        return [Term(run, cjk=True, prefix=True)]
    return [Term(text, cjk=True) for text in terms_of([run])[:-1]]


def wanted(node: Node) -> list[Words]:
    """The pieces of text that a query asks for, those it excludes left out, each once.

    Of names what is written; their other forms are in `named`.
    """
    match node:
        case Words():
            return [node]
        case Pasted(words):
            return list(words)
        case Near(left, right):
            return [left, right]
        case Named(written):
            return wanted(written)
        case And(children) | Or(children):
            found = [words for child in children for words in wanted(child)]
            return list(dict.fromkeys(found))
        case Not(Not(child)):
            return wanted(child)
        case _:
            return []


def named(node: Node) -> list[Named]:
    """The names that a query asks for, those it excludes left out, each once."""
    match node:
        case Named():
            return [node]
        case And(children) | Or(children):
            found = [name for child in children for name in named(child)]
            return list(dict.fromkeys(found))
        case Not(Not(child)):
            return named(child)
        case _:
            return []


def has_exact(node: Node) -> bool:
    """Whether anything is asked for, or excluded, in its written form only."""
    match node:
        case Words():
            return node.exact
        case And(children) | Or(children):
            return any(has_exact(child) for child in children)
        case Not(child):
            return has_exact(child)
        case _:
            return False
