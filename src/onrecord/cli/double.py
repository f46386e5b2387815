"""``onrecord review CASE round …``: the same claims judged by several people who do not see each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any

import typer

from onrecord.cli.look import AsJson, AsOf, Filter, Json, plain, show
from onrecord.cli.review import VALUES, ClaimId, Spans, Who, done, path_of, print_json, review, value_of, who_is
from onrecord.ledger import Case

Round = Annotated[str, typer.Argument(metavar="ROUND", help="The round's name.")]
Field = Annotated[str, typer.Argument(metavar="FIELD", help="As in the claim's JSON: event_type, modality.mood …")]


@review.command("round")
def round_command(
    context: typer.Context,
    name: Round,
    size: Annotated[int, typer.Option(min=1, help="How many claims to draw.")],
    coders: Annotated[str, typer.Option(help="Names between commas, two or more.")],
    filters: Filter = None,
    seed: Annotated[int, typer.Option(help="Anyone can repeat the draw with it.")] = 1,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Draw claims at random and give each to all coders."""
    people = [person.strip() for person in coders.split(",") if person.strip()]
    with Case(path_of(context)) as ledger:
        drawn = ledger.start_round(who_is(who), name, people, size, seed=seed, filter=filters)
    if as_json:
        print_json({"round": name, "coders": people, "seed": seed, "claims": drawn})
    else:
        typer.echo(f"round {name}: {len(drawn)} claims for {', '.join(people)}")


@review.command("tasks")
def tasks_command(
    context: typer.Context, name: Round, who: Who = None, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """What you have to judge in a round: the words alone, and your own judgements so far."""
    with Case(path_of(context)) as ledger:
        show(ledger.tasks(name, who_is(who), as_of=as_of), as_json, _TASKS, "claims to judge")


@review.command("judge", **VALUES)
def judge_command(
    context: typer.Context,
    name: Round,
    claim: ClaimId,
    field: Field,
    value: Annotated[str | None, typer.Argument(help="Your judgement, as JSON or as it is; null for none.")] = None,
    span: Spans = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Record your judgement of one value, without seeing the machine's or the others'."""
    with Case(path_of(context)) as ledger:
        hand = ledger.reviewer(who_is(who))
        done(hand.judge(claim, name, field, value_of(value, span)), f"{claim}: {field} judged", as_json)


@review.command("agreement")
def agreement_command(context: typer.Context, name: Round, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Percent agreement and Krippendorff's alpha for each value that was judged twice or more."""
    with Case(path_of(context)) as ledger:
        rows: list[Any] = [asdict(row) for row in ledger.agreement(name, as_of=as_of)]
    show(rows, as_json, _AGREEMENT, "values judged")


@review.command("adjudicate", **VALUES)
def adjudicate_command(
    context: typer.Context,
    name: Round,
    claim: ClaimId,
    field: Field,
    value: Annotated[str | None, typer.Argument(help="What holds, as JSON or as it is.")] = None,
    why: Annotated[str, typer.Option(help="Why, in a few words.")] = ...,  # type: ignore[assignment]
    span: Spans = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Settle a value of a round: a correction where it differs from what was coded, else an acceptance."""
    with Case(path_of(context)) as ledger:
        made = ledger.adjudicate(who_is(who), name, claim, field, value_of(value, span), why)
        done(made, f"{claim}: {field} settled", as_json)


def _number(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.3f}"


_TASKS: dict[str, Callable[[Json], str]] = {
    "claim": lambda r: str(r["claim_id"]),
    "report": lambda r: str(r["report_id"]),
    "kind": lambda r: str(r["kind"]),
    "words": lambda r: plain(" ".join(str(r["text"]).split())),
    "judged": lambda r: plain(", ".join(f"{k}={v}" for k, v in r["judged"].items())),
}
_AGREEMENT: dict[str, Callable[[Json], str]] = {
    "value": lambda r: str(r["path"]),
    "claims": lambda r: str(r["claims"]),
    "coders": lambda r: plain(", ".join(r["coders"])),
    "percent": lambda r: "?" if r["percent"] is None else f"{100 * r['percent']:.1f}",
    "alpha": lambda r: _number(r["nominal"]),
    "alpha, interval": lambda r: "" if r["interval"] is None else _number(r["interval"]),
    "as the machine": lambda r: "?" if r["with_machine"] is None else f"{100 * r['with_machine']:.1f}",
    "disputed": lambda r: " ".join(r["disputed"]),
}
