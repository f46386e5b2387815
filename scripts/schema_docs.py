"""Writes docs/schema.md from the SQL of a case, and docs/reference/filters.md from the filter language.

Run it after a change of either: ``python scripts/schema_docs.py``. With ``--check`` it writes nothing and
exits 1 where a file is not up to date.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from onrecord.case import filters, schema

ROOT = Path(__file__).resolve().parent.parent

SCHEMA_HEAD = """\
# The case, table by table

A case is one SQLite file (application id `onrc`, user version {version}, write-ahead log). Any SQLite tool reads
it: start with the views `v_claims`, `v_quotes` and `v_reports`, which put every code into words.

- **Append only.** Triggers forbid changing and deleting rows; only an erasure may (see `erasing`).
- **Moments.** Each row points to its `entry` in the journal, and the entry has `recorded_at`. What was known at a
  moment is what has an entry up to the last one recorded by then.
- **Spans** are half-open ranges of Unicode code points, as Python slices and SQLite's `substr(text, start + 1,
  end - start)` count them. Words are stored once, in `reports.text`; a column of words (`words`, `clause`,
  `excerpt`) is filled only where the span cannot give them.
- **Bodies.** `claims.body` and `codings.layers` are JSON without absent values, and without each `text` that its
  `span` re-reads; `sentences` and `tokens` are gaps and lengths, `factuality` pairs of index and value. They are
  compressed as raw deflate (zlib, wbits -15) with the dictionary in `dictionaries`. All other columns of a claim
  are derived from its body, and `onrecord verify` derives them again.
- **The chain.** `entries.content` is the SHA-256 of what was recorded: its JSON texts, each after its length in
  UTF-8 bytes and a line feed. `entries.chain` is the SHA-256 of the chain before (32 zero bytes at first), then
  entry, recorded_at and kind, each with a line feed after it, then content.

This page is written by `scripts/schema_docs.py`.
"""

FILTER_HEAD = """\
# The filter language

One line says which claims, quotes, events or reports are meant. The command line, Python and HTTP take the same.

{language}
`from` and `to` ask whether the days of a claim overlap; a claim without a day is in neither. On quotes they ask
for the day of publication. A figure's best number is compared; where the words give none, its lower bound with
`>` and `>=`, its upper bound with `<` and `<=`, and both with `=`.

## Keys
"""


FILTER_TAIL = """\
## Quotes

`onrecord quotes CASE [FILTER]...` takes the keys `speaker`, `role`, `naming`, `cue`, `channel`, `form`, `continued`,
`place`, `outlet`, `published`, `from`, `to`, `language`, `report`, `title`, `report.words` and `run`; words without a
key are searched in what is quoted, and rank the rows unless `--order` says otherwise.

    onrecord quotes syria.case cue:denies role:spokesman from:2018-08-20
    onrecord quotes syria.case naming:anonymous outlet:"Levant Wire" "cease-fire" --context
    onrecord quotes syria.case speaker:Zakharova --timeline
    onrecord quotes syria.case --same

- `role` takes an office (`spokesman` is also said of a spokeswoman and a press secretary) or any word that the source
  is called by.
- `--context` gives the sentences around each quote, `--timeline` what was said day by day, `--csv` and `--json` the
  rows for other programs.
- `--same` finds the same words in several outlets. The longest version comes first; over it each outlet's cut is
  marked: `[-left out-]`, `{these words→those}` and `{+added+}`. In Python, `Case.same_quotes(FILTER)` gives each as

      {"quote_id": "q…", "speaker": "…", "speaker_id": null, "text": "the longest version", "outlets": 3,
       "versions": [{"report_id": "r…", "outlet": "…", "published": "…", "attributions": ["q…"], "text": "…",
                     "spans": [[0, 10]], "form": "direct", "cut": [["kept", 1, 20, "…"], ["dropped", 21, 40, "…"]]}]}

  `cut` is in the order of the longest version: `kept` and `dropped` give its words, `changed` the outlet's words for
  them, `added` (start = end) the outlet's own. Offsets are half-open code points into the longest version's `text`;
  `spans` point into the text of the version's report.
"""


def schema_page() -> str:
    """docs/schema.md."""
    parts = [SCHEMA_HEAD.format(version=schema.version())]
    later = _later_columns()
    for name, sql in (*schema.migrations(), ("views.sql", schema.views_sql())):
        parts.append(f"## {_heading(name)}\n")
        parts += [_section(comment, table, body + later.get(table, "")) for comment, table, body in _things(sql)]
    return "\n".join(parts)


def _later_columns() -> dict[str, str]:
    """Columns that migrations added to tables of earlier ones, as lines of a definition with their comments."""
    found: dict[str, str] = {}
    for _, sql in schema.migrations():
        for statement in schema.statements(sql):
            match = re.search(r"^ALTER TABLE (\w+) ADD COLUMN (.*);", statement, re.MULTILINE)
            if match:
                found[match[1]] = found.get(match[1], "") + f"\n  {match[2]},  -- {_comment(statement)}"
    return found


def _comment(statement: str) -> str:
    return _plain("\n".join(line for line in statement.splitlines() if line.startswith("-- ")))


def _heading(name: str) -> str:
    return re.sub(r"^\d+_|\.sql$", "", name).capitalize()


def _things(sql: str) -> list[tuple[str, str, str]]:
    """Comment, name and definition of each table and view."""
    found = []
    for statement in schema.statements(sql):
        match = re.search(r"^CREATE (?:VIRTUAL )?(?:TABLE|VIEW) (\w+)", statement, re.MULTILINE)
        if match:
            found.append((_comment(statement), match[1], statement[match.end() :]))
    return found


def _plain(comment: str) -> str:
    return " ".join(line.removeprefix("-- ") for line in comment.strip().splitlines())


def _section(comment: str, name: str, body: str) -> str:
    rows = []
    for line in body.splitlines():
        match = re.match(
            r'\s+"?(\w+)"? (INTEGER|TEXT|REAL|BLOB)\b([^,\-]*(?:\([^)]*\))?[^,\-]*),?\s*(?:-- (.*))?$', line
        )
        if match:
            means = match[4] or _says(match[3])
            rows.append(f"| `{match[1]}` | {match[2].lower()} | {means} |")
    table = ["", "| column | type | |", "|---|---|---|", *rows] if rows else []
    return "\n".join([f"### {name}", "", comment, *table, ""])


def _says(constraint: str) -> str:
    points = re.search(r"REFERENCES (\w+)", constraint)
    if points:
        return f"a row of `{points[1]}`"
    return "the number of the row" if "PRIMARY KEY" in constraint else ""


def filters_page() -> str:
    """docs/reference/filters.md."""
    lines = (filters.__doc__ or "").split("\n\n", 1)[1].split("``KEYS``")[0].rstrip()
    language = lines.replace("``", "`").replace("::", ":")
    rows = ["| key | means |", "|---|---|", *(f"| `{key}` | {text} |" for key, text in filters.KEYS.items())]
    return FILTER_HEAD.format(language=language + "\n") + "\n" + "\n".join(rows) + "\n\n" + FILTER_TAIL


PAGES = {"docs/schema.md": schema_page, "docs/reference/filters.md": filters_page}


def main(arguments: list[str]) -> int:
    """Writes the pages, or with ``--check`` tells which are not up to date; the exit status."""
    stale = [path for path, page in PAGES.items() if _current(ROOT / path) != page()]
    if "--check" in arguments:
        for path in stale:
            sys.stderr.write(f"{path} is not up to date: run python scripts/schema_docs.py\n")
        return 1 if stale else 0
    for path in stale:
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(PAGES[path](), encoding="utf-8")
    return 0


def _current(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
