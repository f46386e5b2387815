"""``onrecord why``: how one claim came to be what it is."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from onrecord.cli import app
from onrecord.cli.event_why import print_why
from onrecord.cli.events import is_event
from onrecord.cli.look import AsJson, AsOf, CasePath
from onrecord.ledger import Case
from onrecord.lexicon.tables import data_folder
from onrecord.view import describe

Json = Mapping[str, Any]
_SLOTS = ("trigger", "actor", "recipient", "holder", "subject", "object", "instrument", "place", "time", "since")


@app.command("why")
def why_command(
    case: CasePath,
    claim: Annotated[str, typer.Argument(metavar="CLAIM|EVENT", help="The claim's or the event's id.")],
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Why a claim was coded so: trigger, rule, roles, modality, who stands behind it, what was weighed and dropped.

    Of an event: which comparisons joined its claims, what keeps others apart, and what may be the same.
    """
    with Case(case) as ledger:
        if is_event(claim):
            print_why(ledger.event(claim, as_of=as_of), as_json)
            return
        found = ledger.why(claim, as_of=as_of)
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    shown = found["claim"]
    state = shown["review"] or shown["status"]
    sure = f", confidence {shown['confidence']:.2f}" if shown["confidence"] is not None else ""
    console.print(Text(f"{describe.head(shown)}  ({shown['kind']}, {state}{sure})", style="bold"))
    console.print(Text(f"“{' '.join((shown['text'] or '').split())}”"))
    about = [found["report"].get(key) for key in ("outlet", "title", "published", "report_id")]
    console.print(Text(" · ".join(str(a) for a in about if a), style="dim"))
    for name, value in lines(found):
        console.print(Text(f"{name:<12} ", style="cyan").append(value, style="default"))


def lines(found: Json) -> Iterator[tuple[str, str]]:
    """Name and value of each thing that is known of why, in reading order."""
    claim = found["claim"]
    yield from _rule(claim)
    for name in _SLOTS:
        value = claim.get(name)
        for slot in value if isinstance(value, list) else [value] if value else []:
            yield name, slot_words(name, slot)
    if claim["kind"] == "figure":
        yield "figure", describe.figure_words(claim)
    for figure in claim.get("figures") or []:
        yield "figure", f"{describe.figure_words(figure)}, from “{figure['text']}” {_at(figure)}"
    if claim.get("share"):
        yield "share", describe.share_words(claim["share"])
    yield from _modality(claim)
    for link in claim["chain"]:
        yield "said by", _member(link)
    for caveat in claim.get("caveats") or []:
        yield "caveat", f"{caveat['class']}: “{caveat['text']}”"
    for tie in claim.get("links") or []:
        yield tie["as"].replace("_", " "), str(tie["claim_id"])
    yield from _weighed(claim)
    for other in found["beside"]:
        dropped = f"dropped: {other['reason']}" if other["status"] == "rejected" else "claim of the same words"
        yield "beside", f"{other['claim_id']} {describe.head(other)} – {dropped}"
    yield from _past(found)


def slot_words(name: str, slot: Json) -> str:
    """A slot: what it was found to be, where its words stand, on what ground and how sure."""
    words = {"place": describe.place_words, "time": describe.time_words, "since": describe.time_words}
    if name in words:
        said = words[name](slot)
    elif "actor_id" in slot:
        said = describe.actor_words(slot)
    else:
        said = f"“{slot['text']}”"
    grounds = [slot.get("basis") or "named"]
    if slot.get("via"):
        grounds.append(f"through “{slot['via']['text']}”")
    if slot.get("why"):
        grounds.append(str(slot["why"]))
    if slot.get("score") is not None:
        grounds.append(f"score {slot['score']:.2f}")
    ident = slot.get("actor_id") or slot.get("place_id")
    return f"{said} {_at(slot)} – {', '.join(grounds)}{f'; {ident}' if ident else ''}"


def _at(slot: Json) -> str:
    if not slot.get("span"):
        return "[no words]"
    title = "title " if slot.get("field") == "title" else ""
    return f"[{title}{slot['span'][0]}:{slot['span'][1]}]"


def _rule(claim: Json) -> Iterator[tuple[str, str]]:
    rationale = claim.get("rationale")
    if claim.get("reason"):
        yield "dropped", str(claim["reason"])
    if not rationale:
        yield "rule", "none is recorded"
        return
    score = f", score {rationale['score']:.2f}" if rationale.get("score") is not None else ""
    yield "rule", f"{rationale['rule']}{score}"
    row = rule_row(rationale["rule"])
    if row:
        yield "", row


def rule_row(rule: str) -> str | None:
    """The row of a knowledge file that a rule such as ``triggers/assault.csv:12`` names, column by column.

    None where the rule is no row, or the file of this installation is another.
    """
    name, _, line = rule.rpartition(":")
    path = data_folder() / name
    if not (name.endswith(".csv") and line.isdigit() and path.is_file()):
        return None
    rows = path.read_text(encoding="utf-8").splitlines()
    head = next((row for row in rows if not row.startswith("#")), "")
    if not 0 < int(line) <= len(rows):
        return None
    cells = zip(head.split(","), rows[int(line) - 1].split(","), strict=False)
    return "; ".join(f"{column} {value}" for column, value in cells if value)


def _modality(claim: Json) -> Iterator[tuple[str, str]]:
    outlet = claim.get("outlet_factuality")
    commits = f"; the outlet itself {outlet:+.1f}" if outlet is not None else "; the outlet takes no side"
    factuality = claim["modality"]["factuality"]
    yield "modality", f"{describe.mood(claim)}, factuality {factuality:+.1f} of -3 to +3{commits}"
    for note in _notes(claim):
        if note.startswith("modality: "):
            yield "", f"because: {note.removeprefix('modality: ')}"


def _weighed(claim: Json) -> Iterator[tuple[str, str]]:
    for note in _notes(claim):
        if note.startswith("not "):
            yield "weighed", f"{note} (did not hold)"
        elif not note.startswith("modality: "):
            yield "noted", note


def _notes(claim: Json) -> list[str]:
    return [str(note) for note in (claim.get("rationale") or {}).get("notes") or ()]


def _member(link: Json) -> str:
    if link["role"] != "source":
        return f"{link['role']}: {link.get('name') or link.get('text') or 'not known'}"
    cue, channel = link.get("cue") or {}, link.get("channel") or {}
    said = slot_words("source", link) if link.get("text") else "no source named"
    parts = [f"source: {said}", f"“{cue['text']}” ({cue['class']})" if cue else "", str(link.get("form") or "")]
    parts.append("carried on from an earlier sentence" if link.get("continued") else "")
    parts.append(f"in {channel['text']}" if channel else "")
    return "; ".join(part for part in parts if part)


def _past(found: Json) -> Iterator[tuple[str, str]]:
    for step in found["history"]:
        changed = "; ".join(
            f"{c['path']}: {json.dumps(c['before'])} → {json.dumps(c['after'])}" for c in step["changes"]
        )
        yield step["state"], f"{step['recorded_at'][:19]}Z{f': {changed}' if changed else ''}"
    for review in found["reviews"]:
        what = " ".join(str(review[key]) for key in ("action", "path", "value") if review[key] is not None)
        because = f" – {review['why']}" if review["why"] else ""
        undone = "" if review["holds"] else " (taken back)"
        yield "review", f"{review['review_id']} {review['reviewer']}: {what}{because}{undone}"
