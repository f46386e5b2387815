"""Why claims were joined into one event, and what keeps others apart, in the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

Json = Mapping[str, Any]
_SIGNS = {
    "type_same": "one type of event",
    "type_related": "related types",
    "mode_shared": "one mode",
    "mode_differs": "other modes",
    "time_same": "the same day",
    "time_overlaps": "days that overlap",
    "time_fits": "days that fit",
    "time_next_day": "other days",
    "place_same": "the same place",
    "place_near": "places nearby",
    "place_contains": "one place within the other",
    "place_differs": "other places",
    "actor_shared": "a shared actor",
    "actor_differs": "other actors",
    "recipient_shared": "a shared recipient",
    "recipient_differs": "other recipients",
    "figures_agree": "figures that agree",
    "figures_close": "figures that are close",
    "figures_differ": "figures that differ",
    "words": "words in common",
    "trigger_same": "the same verb or noun",
    "same_sentence": "one sentence",
    "same_report_open": "one report, one of them without day and place",
    "same_report_known": "spoken of as known (“the raid”)",
    "copied_clause": "the same clause, word for word",
    "links_denies": "one denies the other",
    "links_repeats": "one repeats the other",
    "links_revises": "one revises the other",
    "announced": "one was only announced",
}
_APART = {"days": "the days are too far apart", "places": "the places are too far apart", "types": "the types differ",
          "decision": "a person keeps them apart"}  # fmt: skip


def print_why(event: Json, as_json: bool) -> None:
    """Prints why the claims of *event* (as `Case.event` gives it) are one event, and others are not."""
    if as_json:
        keys = ("event_id", "pairs", "apart_list", "possible_list", "decisions", "claim_list")
        sys.stdout.write(json.dumps({key: event[key] for key in keys}, ensure_ascii=False) + "\n")
        return
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 130)
    console.print(Text(event["summary"], style="bold"))
    numbers = {c["claim_id"]: n for n, c in enumerate(event["claim_list"], 1)}
    reports = {r["report_id"]: r for r in event["report_list"]}
    for claim in event["claim_list"]:
        outlet = (reports.get(claim["report_id"]) or {}).get("outlet") or claim["report_id"]
        about = f"{numbers[claim['claim_id']]:>3}  {claim['claim_id']}  {outlet}: "
        console.print(Text(about).append(f"“{_short(claim['text'])}”", style="italic"))
    for line in lines(event, numbers):
        console.print(line)


def lines(event: Json, numbers: Mapping[str, int]) -> Iterator[Text]:
    """The comparisons that hold the event together, then what is left open, kept apart or decided."""
    if event["pairs"]:
        yield Text("joined by", style="bold")
    for pair in _spanning(event["pairs"]):
        who = f"{numbers[pair['first']]} and {numbers[pair['second']]}"
        yield Text(f"  {who}, {pair['score']:.0%}: ").append(reasons(pair["reasons"]), style="dim")
    if len(event["claim_list"]) == 1:
        yield Text("one claim alone: nothing in the case is likely enough to be the same")
    for title, others in (("possibly the same", event["possible_list"]), ("kept apart from", event["apart_list"])):
        if others:
            yield Text(title, style="bold")
        for other in others:
            pair = other["pair"]
            apart = f", but {_APART.get(pair['apart'], pair['apart'])}" if pair["apart"] else ""
            ids = " and ".join(f"{numbers[i]}" if i in numbers else i for i in (pair["first"], pair["second"]))
            yield Text(f"  {other['event_id']}, {other['score']:.0%}{apart}; {ids}: ").append(
                reasons(pair["reasons"]), style="dim"
            )
    if event["decisions"]:
        yield Text("decided by people", style="bold")
    for d in event["decisions"]:
        because = f": {d['why']}" if d["why"] else ""
        yield Text(
            f"  {d['merge_id']} {d['action']} by {d['who']}, {d['when'][:16]}Z, {len(d['members'])} claims{because}"
        )


def reasons(found: Sequence[Json]) -> str:
    """Signs with their weights, what speaks for it first."""
    ordered = sorted((r for r in found if r["weight"]), key=lambda r: -r["weight"])
    return ", ".join(f"{_SIGNS.get(r['sign'], r['sign'])} {r['weight']:+.1f}" for r in ordered)


def _spanning(pairs: Sequence[Json]) -> Iterator[Json]:
    """The likeliest pairs that tie all claims together: each joins what was not joined before."""
    home: dict[str, str] = {}

    def root(claim_id: str) -> str:
        while home.setdefault(claim_id, claim_id) != claim_id:
            claim_id = home[claim_id]
        return claim_id

    for pair in sorted(pairs, key=lambda p: -p["score"]):
        first, second = root(pair["first"]), root(pair["second"])
        if first != second:
            home[first] = second
            yield pair


def _short(text: str | None) -> str:
    words = " ".join((text or "").split())
    return words if len(words) <= 100 else words[:98].rsplit(" ", 1)[0] + " …"
