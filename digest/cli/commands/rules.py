"""`digest rules test`: what each rule would do."""

from __future__ import annotations

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.groups import Commands
from digest.cli.options import as_json
from digest.cli.problems import problem_objects
from digest.library.ruling import RuleTrial

SHOWN = 5


@click.group(cls=Commands)
def rules() -> None:
    """Look at the rules that act on new articles."""


@rules.command("test")
@as_json
@pass_session
def test(session: Session, *, json_wanted: bool) -> int:
    """Show what each of the [[rules]] would do to the last 30 days, and change nothing.

    Exit code 1 when the query of a rule is not understood: such a rule does nothing.
    """
    with session.library() as library:
        trials = library.rules.trial(library.config.rules)
    if json_wanted:
        output.document({"rules": [_object(trial) for trial in trials]})
    else:
        for trial in trials:
            _tell(trial)
        if not trials:
            output.talk("there are no [[rules]] in the configuration")
    return 1 if any(trial.problems for trial in trials) else 0


def _object(trial: RuleTrial) -> dict[str, object]:
    return {
        "when": trial.rule.when,
        "then": list(trial.rule.then),
        "changes": len(trial.articles),
        "articles": [{"id": row.id, "title": row.title} for row in trial.articles],
        "problems": problem_objects(trial.problems),
    }


def _tell(trial: RuleTrial) -> None:
    number = len(trial.articles)
    plural = "" if number == 1 else "s"
    does = " ".join(trial.rule.then)
    output.line(f"{trial.rule.when}  ->  {does}: {number:,} article{plural}")
    for row in trial.articles[:SHOWN]:
        output.line(f"  {row.id}  {row.title}")
    for problem in trial.problems:
        output.talk(f"the rule {trial.rule.when!r} does nothing: {problem.message}")
