"""``onrecord quotes``: who said what, over time, and how several outlets cut the same words."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.text import Text

from onrecord.cli import app
from onrecord.cli.look import AsJson, AsOf, CasePath, Limit, plain, show, tombstones
from onrecord.ledger import Case

Json = Mapping[str, Any]
_STYLES = {"kept": "", "dropped": "dim", "changed": "yellow", "added": "green"}
_COLUMNS = (
    *("quote_id", "report_id", "outlet", "published", "speaker", "speaker_id", "speaker_text", "role", "naming"),
    *("number", "cue", "cue_class", "form", "channel", "channel_class", "text", "context", "title", "url"),
)
_VERSION_COLUMNS = (
    *("quote_id", "speaker", "speaker_id", "outlets", "report_id", "outlet", "published", "cue_class", "form"),
    *("text", "dropped", "changed", "added"),
)


@app.command("quotes")
def quotes_command(
    case: CasePath,
    filters: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILTER]...", help='For example: cue:denies role:spokesman place:Idlib "cease-fire"'),
    ] = None,
    speaker: Annotated[str | None, typer.Option(help="Only this speaker: a name or an id.")] = None,
    order: Annotated[
        Literal["recorded", "published", "-published", "best"] | None,
        typer.Option(help="Of rows; where the filter has words, best first unless this says otherwise."),
    ] = None,
    context: Annotated[bool, typer.Option("--context", help="The sentences around each quote.")] = False,
    timeline: Annotated[bool, typer.Option("--timeline", help="What was said day by day.")] = False,
    same: Annotated[bool, typer.Option("--same", help="The same words in several outlets, as each cut them.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Comma-separated values.")] = False,
    as_of: AsOf = None,
    limit: Limit = 0,
    as_json: AsJson = False,
) -> None:
    """Who said what, in which words, through which channel."""
    with Case(case) as ledger:
        if same:
            found = ledger.same_quotes(filters, speaker=speaker, as_of=as_of, limit=limit or None)
            _print(found, as_json, as_csv, _Same)
        elif timeline:
            _print(ledger.quotes_over_time(filters, speaker=speaker, as_of=as_of), as_json, as_csv, _Days)
        else:
            by = order or ("best" if _has_words(filters) else "recorded")
            more: dict[str, Any] = {"as_of": as_of, "limit": limit or None, "order": by, "context": context}
            rows = ledger.quotes(filters, speaker=speaker, **more)
            _print(rows, as_json, as_csv, _InContext if context else _Rows)
        tombstones(ledger, as_of)


def _has_words(filters: list[str] | None) -> bool:
    return any(":" not in word and not word.startswith("-") and "=" not in word for word in filters or ())


class _Rows:
    """Quotes as a table."""

    columns = _COLUMNS

    @staticmethod
    def flat(row: Json) -> Iterable[Json]:
        attribution = row["attribution"]
        around = row.get("context") or {}
        own = {"role": attribution["office"], "number": attribution["number"], "context": around.get("text")}
        return [{**row, **own}]

    @staticmethod
    def show(rows: Iterable[Json]) -> None:
        show(rows, False, QUOTES, "quotes")


class _InContext(_Rows):
    """Quotes with the sentences around them."""

    @staticmethod
    def show(rows: Iterable[Json]) -> None:
        console = Console(highlight=False, soft_wrap=True)
        for row in rows:
            head = [row["outlet"], str(row["published"] or "?")[:10], row["speaker"] or "no source named"]
            console.print(" · ".join(str(h) for h in head if h), style="bold", markup=False)
            around = row["context"]
            text = Text((around or {}).get("text") or row["text"] or "")
            for name, start, end in (around or {}).get("marks", ()):
                text.stylize({"content": "underline", "cue": "cyan", "source": "bold"}[name], start, end)
            console.print(text)
            console.print()


class _Days:
    """What was said day by day."""

    columns = ("day", *_COLUMNS)

    @staticmethod
    def flat(row: Json) -> Iterable[Json]:
        return [{"day": row["day"], **flat} for quote in row["rows"] for flat in _Rows.flat(quote)]

    @staticmethod
    def show(rows: Iterable[Json]) -> None:
        console = Console(highlight=False, soft_wrap=True)
        for row in rows:
            cues = ", ".join(f"{name} {n}" for name, n in row["cues"].items())
            count = f"{row['quotes']} quote{'' if row['quotes'] == 1 else 's'}"
            console.print(f"{row['day'] or 'no date'}  {count}  {cues}", style="bold", markup=False)
            for quote in row["rows"]:
                words = " ".join(str(quote["text"] or "").split())
                said = f"{quote['speaker'] or 'no source named'} {quote['cue'] or '—'}: {words}"
                console.print(f"  {quote['outlet'] or '?'}: {said}", markup=False)


class _Same:
    """The same words in several outlets."""

    columns = _VERSION_COLUMNS

    @staticmethod
    def flat(row: Json) -> Iterable[Json]:
        for version in row["versions"]:
            shared = {key: row[key] for key in ("quote_id", "speaker", "speaker_id", "outlets")}
            cuts = {
                op: " | ".join(p[3] for p in version["cut"] if p[0] == op) for op in ("dropped", "changed", "added")
            }
            yield {**version, **shared, **cuts}

    @staticmethod
    def show(rows: Iterable[Json]) -> None:
        console = Console(highlight=False, soft_wrap=True)
        found = list(rows)
        for row in found:
            head = f"{row['speaker'] or 'no source named'} in {row['outlets']} outlets"
            console.print(head, style="bold", markup=False)
            for version in row["versions"]:
                line = Text(f"  {version['outlet'] or '?'} {str(version['published'] or '?')[:10]}: ")
                console.print(line + marked(row["text"], version["cut"]))
            console.print()
        console.print(f"{len(found)} quotes in several outlets", style="dim")


def marked(longest: str, cut: Iterable[list[Any]]) -> Text:
    """A version over the longest one: [-dropped-], {instead→other words} and {+added+}, coloured on a terminal."""
    text = Text()
    at = 0
    for op, start, end, words in cut:
        between = longest[at:start]
        at = max(at, end)
        if op == "kept":
            text.append(between + words)
        elif op == "dropped":
            text.append(between).append(f"[-{words}-]", _STYLES[op])
        elif op == "changed":
            text.append(between).append(f"{{{longest[start:end]}→{words}}}", _STYLES[op])
        else:
            text.append(f"{{+{words}+}} ", _STYLES[op]).append(between)
    return text.append(longest[at:])


def _print(rows: Iterable[Json], as_json: bool, as_csv: bool, form: type[_Rows] | type[_Days] | type[_Same]) -> None:
    """Prints *rows* as JSON lines, as CSV with the columns of *form*, or as *form* shows them."""
    if as_json:
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    elif as_csv:
        table = csv.DictWriter(sys.stdout, form.columns, extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        table.writerows(flat for row in rows for flat in form.flat(row))
    else:
        form.show(rows)


QUOTES: dict[str, Callable[[Json], str]] = {
    "outlet": lambda r: plain(str(r.get("outlet") or "?")),
    "published": lambda r: str(r.get("published") or "?")[:10],
    "speaker": lambda r: plain(str(r.get("speaker") or "no source named")),
    "cue": lambda r: plain(str(r.get("cue") or "")),
    "naming": lambda r: str(r.get("naming") or ""),
    "form": lambda r: str(r.get("form") or ""),
    "channel": lambda r: plain(str(r.get("channel") or "")),
    "words": lambda r: plain(" ".join(str(r.get("text") or "").split())),
}
