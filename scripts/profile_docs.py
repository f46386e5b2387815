"""Writes docs/reference/profiles.md from the tables under src/onrecord/data/profiles.

Run it after a change of them: ``python scripts/profile_docs.py``. With ``--check`` it writes nothing and exits 1
where the page is not up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

from onrecord.lexicon.profiles import Column, Profile, left_out_words, load_layout, load_profiles

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "profiles.md"

HEAD = """\
# Data sets out: the profiles

`onrecord export CASE --profile NAME [FILTER] -o FILE` writes what a filter means in the columns of another data set or
in our own; in Python `Case.export(path, "NAME", filter)`. Beside each file stands `FILE.manifest.json`: filter,
aggregation, moment, versions, counts, how many reports were erased, which events were left out and why, the rules
below, the SHA-256 of the file and of the code tables, and how to cite it.

## What holds for every profile

- **Only what an account asserts to have happened is an event in a file.** Threats, plans, forecasts, demands and
  denials have no row; who denies an event that others assert is told beside it. Files of claims hold every claim, with
  its mood and a column that says whether its holder asserts it.
- **Missing is not zero.** A cell is empty where nothing is known. No other word means missing: read text columns with
  an empty string as the only missing value, since "NA" may be a name.
- **Nothing is guessed.** Where the accounts of an event tie under the aggregation, the value is *indeterminate*: the
  cell is empty, and another column tells the choices where the profile has one. Where the profile cannot do without the
  value, the event stays out, and the manifest says how many did, for which reason, and the ids of the first hundred.
- **Precision is derived.** The ledger keeps words, a radius and an interval; each profile's integer comes from
  `codes/scales.csv`. The scales run in opposite directions: 1 is best in ACLED and UCDP, 5 in PLOVER; GDELT's is none.
- **Text is harmless.** In delimited files a text that a spreadsheet would run as a formula (it begins with `=`, `+`,
  `-`, `@`, a tab or a line break) has an apostrophe before it. In tab separated files tabs and line breaks inside text
  are blanks and straight double quotes single ones, so that readers with and without quoting read the same.
- **Days** are ISO 8601 (`2018-09-08`), numbers have a decimal point, flags are `true` and `false`, files are UTF-8.
- **Names and codes** stand in tables under `src/onrecord/data/profiles`, each row with its origin. A folder given with
  `--tables` may hold files of the same names as in `codes/`, which then take the place of ours.
- `--hxl` puts a row of HXL tags under the header of the CSV profiles, and a byte-order mark before it, as HDX wants it.

## Reading them back

    pandas.read_csv("acled.csv", keep_default_na=False, na_values=[""], parse_dates=["event_date"])
    polars.read_csv("acled.csv", try_parse_dates=True, infer_schema_length=None)
    readr::read_csv("acled.csv", na = "", guess_max = Inf)
    pandas.read_csv("gdelt.CSV", sep="\\t", header=None, quoting=3, dtype={26: str, 27: str, 28: str})

CAMEO codes begin with zeros: read columns 27 to 29 of GDELT as text. UCDP and GDELT ids are whole numbers below 2^53.
The manifest lists each column with its type, so that a schema can be made from it.

## Why an event may not be in a file

| reason | |
|---|---|
{reasons}

This page is written by `scripts/profile_docs.py`.
"""


def page() -> str:
    """docs/reference/profiles.md."""
    reasons = "\n".join(f"| `{key}` | {words} |" for key, words in left_out_words().items())
    parts = [HEAD.replace("{reasons}", reasons)]
    shown: dict[str, str] = {}
    for profile in load_profiles().values():
        parts.append(_section(profile, shown))
        if profile.layout:
            shown.setdefault(profile.layout, profile.name)
    return "\n".join(parts)


def _section(profile: Profile, shown: dict[str, str]) -> str:
    also = f" Also called {', '.join(f'`{n}`' for n in profile.also)}." if profile.also else ""
    lines = [f"## {profile.name}\n", f"{profile.title}. A row is one of: {profile.rows}.{also}\n"]
    lines += [f"- {rule}" for rule in profile.rules]
    if profile.rules:
        lines.append("")
    if profile.layout is None:
        return "\n".join(lines)
    if profile.layout in shown:
        return "\n".join([*lines, f"Columns: those of [{shown[profile.layout]}](#{shown[profile.layout]}).\n"])
    lines += ["| | column | type | where it comes from | where nothing is known |", "|---|---|---|---|---|"]
    lines += [_column(n, column) for n, column in enumerate(load_layout(profile.layout).columns, 1)]
    return "\n".join([*lines, ""])


def _column(number: int, column: Column) -> str:
    codes = _codes(column)
    cells = (str(number), f"`{column.name}`", column.type, column.means + codes, column.missing)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _codes(column: Column) -> str:
    """The closed list, where the words do not tell it: few values in full, longer lists by their name."""
    if not column.codes_from or column.type == "integer":
        return ""
    named = column.codes_from.removeprefix("each ")
    if named.startswith("@"):
        return f" (list `{named.split('|')[0][1:]}`, {len(column.codes)} values)"
    return f" ({', '.join(f'`{c}`' for c in named.split('|'))})" if len(column.codes) > 1 else ""


def main(arguments: list[str]) -> int:
    """Writes the page, or with --check tells whether it is up to date."""
    wanted = page()
    if "--check" in arguments:
        current = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
        if current != wanted:
            print(f"{PAGE.name} is not up to date. Run python scripts/profile_docs.py")
        return int(current != wanted)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
