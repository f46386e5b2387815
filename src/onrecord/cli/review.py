"""``onrecord review CASE …``: what people say of claims, kept with who, when and why."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord.cli import app
from onrecord.cli.look import CLAIMS, AsJson, AsOf, CasePath, Filter, Json, plain, show
from onrecord.errors import BadReview
from onrecord.ledger import Case

review = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
app.add_typer(review, name="review")

Who = Annotated[
    str | None,
    typer.Option("--who", envvar="ONRECORD_REVIEWER", help="Your name; by default the name you are logged in with."),
]
Why = Annotated[str | None, typer.Option(help="Why, in a few words.")]
ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id.")]
Spans = Annotated[tuple[int, int] | None, typer.Option("--span", metavar="A B", help="First and last code point + 1.")]
# A factuality of -3 is a value, not an option.
VALUES: dict[str, Any] = {"context_settings": {"ignore_unknown_options": True}}


def who_is(name: str | None) -> str:
    """The name that reviews are kept under."""
    if name:
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise BadReview("a review needs the name of its reviewer. Say who you are: --who NAME") from None


def value_of(text: str | None, span: tuple[int, int] | None) -> Any:
    """What a VALUE of the command line means: JSON where it is JSON, else the text itself; with its span."""
    try:
        value = json.loads(text) if text is not None else None
    except ValueError:
        value = text
    if span is None:
        if text is None:
            raise BadReview("correct: say the new value, or the words by --span A B (null takes a value away)")
        return value
    if value is not None and not isinstance(value, dict):
        raise BadReview(f"--span gives the words; beside it VALUE is a JSON object of the other keys, not {text!r}")
    return {**(value or {}), "span": list(span)}


def done(review_id: str, what: str, as_json: bool) -> None:
    """Says what was recorded."""
    said = json.dumps({"review_id": review_id}) if as_json else f"{review_id}: {what}"
    typer.echo(said)


@review.callback(invoke_without_command=True)
def review_command(context: typer.Context, case: CasePath) -> None:
    """Accept, correct, reject, comment, assign and undo; lists, the queue, and coding by several people."""
    context.obj = case
    if context.invoked_subcommand is None:
        list_command(context)


def path_of(context: typer.Context) -> Path:
    """The case that the command was given."""
    assert isinstance(context.obj, Path)
    return context.obj


@review.command("accept")
def accept_command(
    context: typer.Context, claim: ClaimId, why: Why = None, who: Who = None, as_json: AsJson = False
) -> None:
    """Say that a claim is right as it stands; brings a rejected one back."""
    with Case(path_of(context)) as ledger:
        done(ledger.reviewer(who_is(who)).accept(claim, why), f"{claim} accepted", as_json)


@review.command("reject")
def reject_command(
    context: typer.Context,
    claim: ClaimId,
    why: Annotated[str, typer.Option(help="Why, in a few words.")],
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Say that this is no claim of the report; it is hidden from then on, and kept."""
    with Case(path_of(context)) as ledger:
        done(ledger.reviewer(who_is(who)).reject(claim, why), f"{claim} rejected", as_json)


@review.command("correct", **VALUES)
def correct_command(
    context: typer.Context,
    claim: ClaimId,
    field: Annotated[str, typer.Argument(help="As in the claim's JSON: event_type, actor[0].name, recipient[+] …")],
    value: Annotated[str | None, typer.Argument(help="The new value, as JSON or as it is; null takes it away.")] = None,
    span: Spans = None,
    why: Why = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Give one value of a claim another value, or other words of the report by --span A B."""
    meant = value_of(value, span)
    with Case(path_of(context)) as ledger:
        done(ledger.reviewer(who_is(who)).correct(claim, field, meant, why), f"{claim}: {field} corrected", as_json)


@review.command("comment")
def comment_command(
    context: typer.Context,
    claim: ClaimId,
    text: Annotated[str, typer.Argument(help="The remark.")],
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Keep a remark on a claim."""
    with Case(path_of(context)) as ledger:
        done(ledger.reviewer(who_is(who)).comment(claim, text), f"{claim}: remark kept", as_json)


@review.command("assign")
def assign_command(
    context: typer.Context,
    claim: ClaimId,
    to: Annotated[str, typer.Argument(help='Whose list it goes on; "" takes it off any.')],
    why: Why = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Put a claim on someone's list."""
    with Case(path_of(context)) as ledger:
        done(ledger.reviewer(who_is(who)).assign(claim, to, why), f"{claim} assigned to {to or 'nobody'}", as_json)


@review.command("undo")
def undo_command(
    context: typer.Context,
    review_id: Annotated[str, typer.Argument(metavar="REVIEW", help="The review's id, as the list gives it.")],
    why: Why = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Take one review back; both stay on record."""
    with Case(path_of(context)) as ledger:
        done(ledger.reviewer(who_is(who)).undo(review_id, why), f"{review_id} taken back", as_json)


@review.command("list")
def list_command(
    context: typer.Context,
    claim: Annotated[str | None, typer.Option(help="Only of this claim.")] = None,
    reviewer: Annotated[str | None, typer.Option(help="Only by this person.")] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Reviews in the order in which they were made."""
    with Case(path_of(context)) as ledger:
        show(ledger.reviews(claim_id=claim, reviewer=reviewer, as_of=as_of), as_json, _REVIEWS, "reviews")


@review.command("queue")
def queue_command(
    context: typer.Context,
    filters: Filter = None,
    assigned: Annotated[str | None, typer.Option(help="Only what is on this person's list.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many rows; 0 for all.")] = 50,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Claims that wait for a review, the least confident first."""
    with Case(path_of(context)) as ledger:
        found = ledger.queue(filters, assigned_to=assigned, as_of=as_of, limit=limit or None)
        show(found, as_json, _QUEUE, "claims wait")


def _said(row: Json) -> str:
    value = "" if row["value"] is None else json.dumps(row["value"], ensure_ascii=False)
    return plain(" ".join(part for part in (row["path"] or "", value) if part))


_REVIEWS: dict[str, Callable[[Json], str]] = {
    "review": lambda r: str(r["review_id"]),
    "when": lambda r: str(r["recorded_at"])[:19] + "Z",
    "who": lambda r: plain(str(r["reviewer"])),
    "what": lambda r: str(r["action"]) + ("" if r["holds"] else " (taken back)"),
    "claim": lambda r: str(r["claim_id"] or "erased"),
    "value": _said,
    "why": lambda r: plain(str(r["why"] or "")),
}
_QUEUE: dict[str, Callable[[Json], str]] = {
    "confidence": lambda r: "?" if r["confidence"] is None else f"{r['confidence']:.2f}",
    "claim": lambda r: str(r["claim_id"]),
    **{name: CLAIMS[name] for name in ("what", "who", "where", "said by", "words")},
}


def print_json(value: object) -> None:
    """One JSON object on its line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
