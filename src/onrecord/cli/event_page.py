"""One event in the terminal: its accounts side by side, what agrees in small type and what differs aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.view import describe

Json = Mapping[str, Any]
_FIELDS = {
    "event_type": "what",
    "mode": "how",
    "actor": "who",
    "recipient": "to whom",
    "place": "where",
    "start": "from",
    "end": "to",
}
_QUIET, _LOUD, _HEAD = "dim", "bold red", "bold"
_BESIDE = 4  # accounts that fit beside one another


def event_page(event: Json) -> RenderableType:
    """Everything about *event* (as `Case.event` gives it) for a terminal."""
    parts: list[RenderableType] = [*_heading(event), Text(), *_tables(event)]
    for title, lines in (
        ("denied by", list(_others(event, "denies"))),
        ("announced by, not told as done", list(_others(event, "announces"))),
        ("taken back", list(_corrections(event))),
        ("copies, no voices of their own", list(_copies(event))),
        ("possibly the same", list(_possible(event))),
        ("decided", list(_decisions(event))),
    ):
        if lines:
            parts += [Text(), Text(title, style=_HEAD), *(Text("  ").append_text(line) for line in lines)]
    return Group(*parts)


def print_event(console: Console, event: Json) -> None:
    """Prints the page."""
    console.print(event_page(event))


def value_words(value: Json) -> Text:
    """The value of one field under the aggregation, with its range and what it is short of."""
    low, best, high = (_number(value[key]) for key in ("low", "best", "high"))
    more = " or more" if value["open_high"] else ""
    span = f"{low} to {high}{more}" if low != high else f"{low or best}{more}"
    if value["state"] == "missing":
        return Text("nobody says", style=_QUIET)
    if value["state"] == "indeterminate":
        return Text("undecided", style=_LOUD).append(f", {span}" if low else "", style=_LOUD)
    return Text(str(best)).append(f", of {span}" if low != high else more if value["open_high"] else "")


def _heading(event: Json) -> Iterator[Text]:
    what = " / ".join([event["event_type"] or "of disputed type", *event["modes"]])
    place = event["place"] or {}
    where = ", ".join(dict.fromkeys(str(place[k]) for k in ("name", "admin1", "country") if place.get(k)))
    days = " to ".join(dict.fromkeys(d for d in (event["start"], event["end"]) if d)) or "day not known"
    yield Text(what, style=_HEAD).append(f"  {where or 'place not known'}  {days}", style="default")
    told = "asserted by " + _count(event["accounts"], "account") if event["happened"] else "asserted by nobody"
    denied = f", denied by {event['denied']}" if event["denied"] else ""
    texts = f"{_count(event['reports'], 'report')}, {_count(len(event['voice_list']), 'text')}"
    yield Text(f"{told}{denied}; {texts}; {event['event_id']}", style=_QUIET)
    yield Text(f"aggregation: {event['aggregation']}", style=_QUIET)


def _tables(event: Json) -> Iterator[Table]:
    """Accounts that assert it beside one another, four to a table; where none does, those there are."""
    told = [a for a in event["account_list"] if a["stance"] == "asserts"] or event["account_list"]
    for at in range(0, len(told), _BESIDE):
        yield _table(event, told[at : at + _BESIDE])


def _table(event: Json, accounts: Sequence[Json]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=True, header_style=_HEAD, padding=(0, 2, 0, 0))
    table.add_column("", style="cyan", no_wrap=True)
    table.add_column("together")
    for account in accounts:
        table.add_column(account["name"])
    for field, value in event["values"].items():
        if not value["given"] or (field == "end" and _same(event["values"]["start"], value)):
            continue
        given = {g["account"]: g for g in value["given"]}
        differs = len({_said(g) for g in given.values()}) > 1
        cells = [_cell(given.get(a["speaker"]), _LOUD if differs else _QUIET) for a in accounts]
        table.add_row(_label(event, field), value_words(value), *cells)
    table.add_row("told by", Text(), *(_told_by(event, a) for a in accounts))
    table.add_row("in words", Text(), *(Text(_words(event, a), style="italic") for a in accounts))
    return table


def _label(event: Json, field: str) -> str:
    if field == "start" and _same(event["values"]["start"], event["values"]["end"]):
        return "when"
    return _FIELDS.get(field, field)


def _same(first: Json, second: Json) -> bool:
    return [g["best"] for g in first["given"]] == [g["best"] for g in second["given"]]


def _cell(given: Json | None, style: str) -> Text:
    if given is None:
        return Text("–", style=_QUIET)
    before = [_number(value) for _, value in given["superseded"]]
    return Text(_said(given), style=style).append(f" (before: {', '.join(before)})" if before else "", style=_QUIET)


def _said(given: Json) -> str:
    if given["best"] is not None:
        return _number(given["best"])
    low, high = _number(given["low"]), _number(given["high"])
    return f"at least {low}" if not high else f"up to {high}" if not low else f"{low} to {high}"


def _told_by(event: Json, account: Json) -> Text:
    """Outlets that carry an account, each text once: what only copies it stands behind in brackets."""
    reports = {r["report_id"]: r for r in event["report_list"]}
    copied = {m: v["origin"] for v in event["voice_list"] for m, kind in v["members"] if kind != "version"}
    out = Text()
    own = [r for r in account["report_ids"] if copied.get(r) not in account["report_ids"]]
    for report_id in own:
        out.append("\n" if out else "").append(_report(reports.get(report_id)))
        for copy in (r for r in account["report_ids"] if copied.get(r) == report_id):
            out.append(f"\n  (copied by {_report(reports.get(copy))})", style=_QUIET)
    return out


def _words(event: Json, account: Json) -> str:
    """The words of the last claim of an account that gives a figure, else of its last."""
    claims = [c for c in event["claim_list"] if c["claim_id"] in account["claim_ids"]]
    best = next((c for c in reversed(claims) if c["figures"]), claims[-1])
    return f"“{_short(best['text'], 150)}”"


def _others(event: Json, stance: str) -> Iterator[Text]:
    told = [a for a in event["account_list"] if a["stance"] == stance]
    if len(told) == len(event["account_list"]):
        return
    reports = {r["report_id"]: r for r in event["report_list"]}
    for account in told:
        yield Text(account["name"], style=_LOUD if stance == "denies" else _HEAD)
        for claim in (c for c in event["claim_list"] if c["claim_id"] in account["claim_ids"]):
            who = " › ".join(label for label, cited in describe.chain(claim) if cited)
            said = f"  {_report(reports.get(claim['report_id']))}{f', {who}' if who else ''}: "
            yield Text(said).append(f"“{_short(claim['text'], 150)}”", style="italic")


def _corrections(event: Json) -> Iterator[Text]:
    reports = {r["report_id"]: r for r in event["report_list"]}
    names = {a["speaker"]: a["name"] for a in event["account_list"]}
    for c in event["corrections"]:
        by = names.get(c["speaker"], c["speaker"])
        said = f"{_report(reports.get(c['report_id']))} corrects {_report(reports.get(c['replaces']))}: "
        yield (
            Text(said)
            .append(f"{c['field']} {_number(c['before'])} → {_number(c['after'])}", style=_LOUD)
            .append(f", in the words of {by}")
        )


def _copies(event: Json) -> Iterator[Text]:
    reports = {r["report_id"]: r for r in event["report_list"]}
    kinds = {"copy": "is a copy of", "cut": "is a cut of", "version": "is a later version of"}
    for voice in event["voice_list"]:
        for report_id, kind in voice["members"]:
            if report_id in reports:
                origin = _report(reports.get(voice["origin"])) if voice["origin"] in reports else voice["origin"]
                yield Text(f"{_report(reports[report_id])} {kinds[kind]} {origin}")


def _possible(event: Json) -> Iterator[Text]:
    for other in event["possible_list"]:
        yield Text(
            f"{other['event_id']}, {other['score']:.0%} by its likeliest pair of claims; `onrecord why` tells more"
        )


def _decisions(event: Json) -> Iterator[Text]:
    verbs = {"merge": "joined", "split": "split"}
    for d in event["decisions"]:
        because = f": {d['why']}" if d["why"] else ""
        yield Text(
            f"{d['merge_id']} {d['who']} {verbs[d['action']]} {len(d['members'])} claims, {d['when'][:10]}{because}"
        )


def _report(report: Json | None) -> str:
    if report is None:
        return "a report that is gone"
    return " ".join(filter(None, (report["outlet"] or report["report_id"], (report["published"] or "")[:10])))


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _number(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float | int) else str(value)


def _short(text: str | None, characters: int) -> str:
    words = " ".join((text or "").split())
    return words if len(words) <= characters else words[: characters - 2].rsplit(" ", 1)[0] + " …"
