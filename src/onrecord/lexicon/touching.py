"""Words that name a matter without telling of it, and those by which it is told that somebody takes it for granted."""

from __future__ import annotations

from functools import cache

from onrecord.lexicon.tables import data_folder, read_rows

_CLASSES = (
    "touching", "settling", "overlooking", "performing", "talking", "at_first", "report", "justice", "seeming",
    "doubting", "trying", "wishing", "finding_out", "courtesy", "enacting", "weighing", "troubled",
    "raising", "footage",
)  # fmt: skip


@cache
def touching(kind: str) -> frozenset[str]:
    """The lemmas of class *kind* of ``data/touching_cues.csv``. Raises DataError at a class that it does not know."""
    rows = read_rows(data_folder() / "touching_cues.csv", ("lemma", "class", "origin"))
    return frozenset(row["lemma"] for row in rows if row.one_of("class", _CLASSES) == kind)
