"""Commands about who is whom: `merge`, `same`, `different`, `split`, `undo`, `decisions`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from .. import console
from .shared import graph_option, open_graph

if TYPE_CHECKING:
    from ..choices import Decided

_LISTED = 10

_DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")


def _decision(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that every decision has."""
    options: tuple[Callable[..., Any], ...] = (
        graph_option,
        _DRY_RUN,
        click.option("--why", metavar="TEXT", help="Why, for those who read the decision later."),
        click.option("--who", metavar="NAME", help="Who decides.  [else TELLYGRAPH_WHO, else the login name]"),
    )
    for option in options:
        command = option(command)
    return command


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@_decision
def merge(one: str, other: str, who: str | None, why: str | None, dry_run: bool) -> None:
    """Decide that A is B, everywhere and from now on; B keeps its address and name.

    A and B are names or IRIs of two characters of a show, two people, shows, companies, places or works.
    """
    with open_graph(writing=not dry_run) as graph:
        _say(graph.merge(one, other, who=who, why=why, dry_run=dry_run), dry_run)


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@_decision
def same(one: str, other: str, who: str | None, why: str | None, dry_run: bool) -> None:
    """Decide that A and B are one: the fuller name stays. B may be an address on the web, such as Wikidata's."""
    with open_graph(writing=not dry_run) as graph:
        _say(graph.same(one, other, who=who, why=why, dry_run=dry_run), dry_run)


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@_decision
def different(one: str, other: str, who: str | None, why: str | None, dry_run: bool) -> None:
    """Decide that A and B are never one; if a rule took one for the other, they part."""
    with open_graph(writing=not dry_run) as graph:
        _say(graph.different(one, other, who=who, why=why, dry_run=dry_run), dry_run)


@click.command()
@click.argument("thing", metavar="NODE")
@_decision
def split(thing: str, who: str | None, why: str | None, dry_run: bool) -> None:
    """Part NODE from all that was taken for it, by a rule or by decision, from now on."""
    with open_graph(writing=not dry_run) as graph:
        _say(graph.split(thing, who=who, why=why, dry_run=dry_run), dry_run)


@click.command()
@click.argument("number", metavar="[DECISION]", type=click.IntRange(1), required=False)
@_DRY_RUN
@graph_option
def undo(number: int | None, dry_run: bool) -> None:
    """Take a decision back, given by its number, else the last one: as if it had never been made."""
    with open_graph(writing=not dry_run) as graph:
        _say(graph.undo(number, dry_run=dry_run), dry_run)


@click.command()
@graph_option
def decisions() -> None:
    """List the decisions about who is whom: number, when, who, what and why."""
    with open_graph() as graph:
        made = graph.decisions()
    rows = [(str(d.number), d.when, d.who, d.sentence, d.why or "") for d in made]
    console.lines(console.columns(rows, None) if rows else ["No decision has been made."])


def _say(done: Decided, dry_run: bool) -> None:
    decision = done.decision
    verb = ("taken back: " if not dry_run else "would be taken back: ") if done.undone else ""
    click.echo(console.printable(f"Decision {decision.number} {verb}{decision.sentence}" if verb else
                                 f"Decision {decision.number}: {decision.sentence}"))  # fmt: skip
    click.echo(
        f"{console.plural(len(done.reviews), 'review')} {'would say' if dry_run else _says(len(done.reviews))}"
        f" something else: {done.added:,} statements more, {done.removed:,} less"
    )
    if dry_run:
        console.lines([f"  {console.printable(review)}" for review in done.reviews[:_LISTED]])
        if len(done.reviews) > _LISTED:
            click.echo(f"  and {len(done.reviews) - _LISTED:,} more")


def _says(count: int) -> str:
    return "says" if count == 1 else "say"
