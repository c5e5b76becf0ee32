"""`digest brief`: the stories of a period, to hand on."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from digest.cli import files, output
from digest.cli.context import Session, pass_session
from digest.cli.options import joined, output_file, query_words
from digest.cli.problems import tell_problems
from digest.cli.progress import Progress
from digest.config.durations import parse_duration
from digest.config.settings import Brief as Plan
from digest.config.settings import Config
from digest.errors import UsageError
from digest.languages.catalogues import TAGS, words_of

FORMS = ["md", "html", "epub", "json", "eml"]


@click.command()
@query_words(required=False)
@click.option("--since", metavar="24h", help="How far back it looks.  [default: 24h]")
@click.option("--format", "form", type=click.Choice(FORMS), help="The form.  [default: md]")
@click.option(
    "--lang",
    type=click.Choice(TAGS, case_sensitive=False),
    metavar=f"[{'|'.join(TAGS)}]",
    help="The language of its headings, days and names.  [default: that of the interface]",
)
@output_file()
@pass_session
def brief(
    session: Session,
    words: tuple[str, ...],
    since: str | None,
    form: str | None,
    lang: str | None,
    target: Path | None,
) -> None:
    """Write the stories of the last day, each once, however many outlets reported it.

    QUERY narrows it; @NAME is one of [[briefs]] in the configuration.
    """
    target = None if str(target) == "-" else target
    with session.library() as library:
        named, plan = _plan(library.config, joined(words))
        ending = target.suffix.lstrip(".").lower() if target is not None else ""
        form = form or (ending if ending in FORMS else plan.format)
        if form == "epub" and target is None and not plan.command and sys.stdout.isatty():
            raise UsageError("a book cannot be shown here; name a file with -o FILE.epub")
        try:
            span = parse_duration(since or plan.since)
        except ValueError as error:
            raise UsageError(f"--since {error}") from error
        name = plan.name if named else ""
        with Progress("gathering") as progress:
            made, problems = library.briefs.make(
                plan.query, span, sections=plan.sections, name=name, report=progress.gathering
            )
        tell_problems(problems)
        if waiting := library.stories.waiting((made.start, made.end)):
            output.talk(f"{waiting:,} articles are not in stories yet; run it again for the rest")
        if target is None and plan.command:
            target = library.export_path(f"brief.{form}")
        from digest.library.handing_over import hand_over  # noqa: PLC0415 - only when it is written
        from digest.library.writing import written  # noqa: PLC0415 - as above

        chosen = lang or plan.lang
        spoken = words_of(chosen) if chosen else session.words
        files.deliver(written(library, made, form, spoken, plan.to), target)
        if plan.command and target is not None:
            hand_over(plan.command, target)
        if name:
            library.briefs.delivered(name, made)
    if target is not None:
        output.talk(f"{len(made.stories)} stories in {target}")


def _plan(config: Config, query: str) -> tuple[bool, Plan]:
    """The named brief, or one for this query."""
    if not query.startswith("@"):
        return False, Plan("", query=query, format="md")
    for one in config.briefs:
        if one.name == query[1:]:
            return True, replace(one)
    raise UsageError(f"there is no brief {query}; name one in [[briefs]] in the configuration")
