"""What the library says in English, said in the language of the interface.

The library, its index and its journal write English sentences with values in them: they go to the
command line, to files and into the database as they are. Their patterns stand here as they are
written there, with a name in braces for each value, so that the desk can say them in its own
language. A sentence without a pattern is shown as it is.
"""

from __future__ import annotations

import re
from functools import cache

from digest.tui.i18n import N_, _

PATTERNS = (
    # the undo journal
    N_("tagged {n} article {tags}"),
    N_("tagged {n} articles {tags}"),
    N_("marked {n} article read"),
    N_("marked {n} articles read"),
    N_("marked {n} article unread"),
    N_("marked {n} articles unread"),
    N_("starred {n} article"),
    N_("starred {n} articles"),
    N_("unstarred {n} article"),
    N_("unstarred {n} articles"),
    N_("noted article {n}"),
    N_("corrected article {n}"),
    N_("highlighted in article {n}"),
    N_("commented a highlight in article {n}"),
    N_("removed a highlight from article {n}"),
    N_("deleted {n} article"),
    N_("deleted {n} articles"),
    N_("rescued {n} article"),
    N_("rescued {n} articles"),
    N_("merged the library {name}"),
    N_("parted {n} article from story {story}"),
    N_("parted {n} articles from story {story}"),
    N_("joined {n} article of story {other} to story {story}"),
    N_("joined {n} articles of story {other} to story {story}"),
    # what is wrong with a query
    N_("in the saved search {name}: {message}"),
    N_("only the first {n} characters were read"),
    N_("this parenthesis closes nothing"),
    N_("there is no word to look for"),
    N_("OR needs something on each side"),
    N_("AND needs something on each side"),
    N_("NEAR needs a word or a phrase on each side"),
    N_("NEAR/{n} is as far as it goes"),
    N_("= has no meaning beside NEAR"),
    N_("both sides of NEAR are in one field"),
    N_("NOT needs something behind it"),
    N_("too many parentheses within others"),
    N_("this parenthesis is not closed"),
    N_("there is nothing in these parentheses"),
    N_("this quotation mark is not closed"),
    N_("only the first {n} words and conditions count"),
    N_(
        "more than {n} words are read as one text: articles that have its rarest words follow; "
        "for a passage word for word put quotation marks around it"
    ),
    N_("a word is missing here"),
    N_("there is no word in {text}"),
    N_("no field is called {name}, it is looked for as text; did you mean {near}: instead?"),
    N_("no field is called {name}, it is looked for as text"),
    N_("* works at the end of a word only"),
    N_("= and * do not go together"),
    N_("* needs at least two letters before it"),
    N_(
        "only the first {n} words with * in fields and phrases are beginnings, the others are "
        "whole words"
    ),
    N_("there is no saved search {name}; did you mean {near}?"),
    N_("there is no saved search {name}"),
    N_("the saved search {name} contains itself"),
    N_("too many saved searches in one query"),
    N_("{field}: needs a value right behind the colon"),
    N_("{field}: takes a number, not “{text}”"),
    N_("{field}: takes a number"),
    N_("{field}: knows no “{value}”; did you mean {near}?"),
    N_("{field}: knows no “{value}”; it takes {values}"),
    N_("lang: takes codes such as en, zh or ja"),
    N_("date: needs a day on one side of the dots at least"),
    N_("a day is meant here; an age goes with newer:{value}"),
    N_("“{value}” is no date; write 2026-08-15, 2026-08 or 2026"),
    N_("{field}: takes a number and one of h d w m y, such as {example}"),
    N_(
        "too many texts to check for the exact form; the newest were, add a word or a date",
    ),
    # what could not be done
    N_("{program} could not be run ({why}); the brief is {path}"),
    N_("{program} ended with {n}; the brief is {path}"),
    N_("there are no words in what was selected"),
    N_("there is no article {n}; 'digest search' shows the ids"),
    N_("there is no story {n}; 'digest show ID --json' names an article's"),
    N_("no feed is called {name}; see 'digest feeds list'"),
    N_("the site asks for a login"),
    N_("the site asks for payment"),
    N_("the site refuses; it may block programs, or want a login"),
    N_("the site refuses"),
    N_("there is nothing at this address any more; check the address"),
    N_("it is gone for good"),
    N_("the site asks for fewer requests"),
    N_("the site has a fault"),
    N_("the site has a fault behind its front"),
    N_("the site is not available now"),
    N_("the site's robots.txt does not let programs read its pages"),
    N_("the host name {host} is not found; check the address and the connection"),
    N_("what is there is no picture that can be shown"),
    N_(
        "the process that did this was ended from outside; what it had stored is kept, start it "
        "again to go on"
    ),
    N_("no process could be started for it ({why}); close other programs and try again"),
    N_("the picture is too large"),
    # how a feed is doing
    N_("its publisher says it is gone for good; remove it"),
    N_("never checked; 'digest fetch' does"),
    N_("failed once: {error}"),
    N_("failed {n} times in a row: {error}"),
    N_("no answer"),
    N_("follow that: digest feeds add {address}"),
    N_("a firewall may have sent it, or the feed has moved: look at the site"),
    N_("try its address in a browser, a secret, or another [fetch] user_agent"),
    N_("tell its publisher"),
    N_("it was well {ago}"),
    N_("it rests for {span} more unless you name it"),
    N_(
        "it answers, but nothing new has come for {span}, {times} times its usual {usual}; "
        "it may be dead: look at its site"
    ),
    N_("but its newest article is from {ago}"),
    N_("{n} of its {entries} entries are dated in the future"),
    N_("all of its entries bear the time of the check, so their order says nothing"),
    N_("of its last {n} articles {cut} are cut: it gives no full text"),
    N_("it has moved to {address} and is read there"),
    N_("well {ago}"),
    N_("newest entry {ago}"),
    N_("usually one every {span}"),
    N_("just now"),
    N_("{span} ago"),
    N_("{n} day"),
    N_("{n} days"),
    N_("{n} hour"),
    N_("{n} hours"),
    N_("{n} minute"),
    N_("{n} minutes"),
    N_("this is a web page, not a feed"),
    N_("this is a web page, not a feed; the feed it links to is {address}"),
    N_("the feed is broken in a way that cannot be read"),
    N_("the feed is broken: its XML is not well formed, and no entry could be read"),
    # what went wrong on the network
    N_("{host} does not answer (waited {n} seconds)"),
    N_("{host} stopped answering (waited {n} seconds)"),
    N_("{host} refuses the connection"),
    N_("{host} cannot be reached"),
    N_("{host} broke the answer off before its end"),
    N_("{host} does not answer in proper HTTP"),
    N_("there is no way to {host}; is the network up?"),
    N_("the connection to {host} broke"),
    N_("no secure connection to {host} could be made"),
    N_("the certificate of {host} is not valid: {why}"),
    N_(
        "{host} is on this machine or a private network, which is not read; "
        "[fetch] allow_private = true allows it"
    ),
    N_("larger than {size}, which is the limit ([fetch] max_bytes raises it)"),
    N_("too slow: not finished after {n} seconds"),
    # why an article is on or off topic
    N_("names Taiwan, not Japan"),
    N_("names Japan, not Taiwan"),
    N_("names neither Taiwan nor Japan"),
    N_("named: Taiwan {taiwan}, Japan {japan}, both in one word {both}"),
    N_("named: Taiwan {taiwan}, Japan {japan}"),
    N_("both are named often"),
    N_("one of the two is named seldom"),
    N_("both are named alike"),
    N_("one is named far more than the other"),
    N_("the other side is named many times"),
    N_("the other side is named once or twice"),
    N_("both stand all through the text"),
    N_("one stands in a small part of the text"),
    N_("both in the title"),
    N_("the title has the two in one"),
    N_("both in the same sentences"),
    N_("hardly ever both in one sentence"),
    N_("words of dealings between them"),
    N_("no words of dealings between them"),
    N_("Japanese people or offices act in it"),
    N_("no Japanese person or office acts in it"),
    N_("Japan is there as the time of its rule only"),
    N_("Japan's government of Taiwan, or resistance to it"),
    N_("both from the beginning"),
    N_("one comes in late"),
    N_("named in lists of countries"),
    N_("one is there for comparison"),
    N_("other countries are named more"),
    N_("about a typhoon or an earthquake"),
    N_("worded like articles about both"),
    N_("not worded like articles about both"),
)
_STATUS = re.compile(r"(?P<words>.+)(?P<status> \(HTTP \d+\))")
_DEEPEST = 4
# Values that are sentences of the library themselves, and values that are numbers.
_SENTENCES = frozenset(("message", "error", "ago", "span", "usual"))
NUMBERS = frozenset(("n", "entries", "cut", "times"))
_NUMBER = r"-?[\d,.]+"


def retold(sentence: str, deep: int = 0) -> str:
    """`sentence` of the library in the language of the interface."""
    if (status := _STATUS.fullmatch(sentence)) is not None:
        return retold(status["words"], deep) + status["status"]
    for pattern, compiled in _compiled():
        found = compiled.fullmatch(sentence)
        if found is None:
            continue
        values = found.groupdict()
        for name in _SENTENCES & values.keys() if deep < _DEEPEST else ():
            values[name] = retold(values[name], deep + 1)
        return _(pattern).format(**values)
    return sentence


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((pattern, _expression(pattern)) for pattern in PATTERNS)


def _expression(pattern: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", pattern)
    made = "".join(
        f"(?P<{piece}>{_NUMBER if piece in NUMBERS else '.+?'})" if at % 2 else re.escape(piece)
        for at, piece in enumerate(pieces)
    )
    return re.compile(made, re.DOTALL)
