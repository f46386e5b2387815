"""What counts measure: verbs and nouns that turn a number of people or things into a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onrecord.lexicon.tables import data_folder, read_rows, read_toml


@dataclass(frozen=True, slots=True)
class Measure:
    """A word that gives a count its measure.

    ``role`` says where the counted words stand to a verb: ``obj`` (deep object), ``subj`` (deep
    subject) or ``both``; for a noun ``self`` (the noun is what is counted) or ``toll`` (it announces a
    number: "death toll of 12").
    """

    lemma: str
    pos: str
    measure: str
    role: str


@dataclass(frozen=True, slots=True)
class MeasureLexicon:
    """Measures by (part of speech, lemma), and what number words say at least."""

    by_word: Mapping[tuple[str, str], Measure]
    low: Mapping[str, float]

    def find(self, pos: str, lemma: str) -> Measure | None:
        """The measure of a verb, noun or adjective; None when the word gives none."""
        return self.by_word.get((pos, lemma))

    def low_of(self, words: str) -> float | None:
        """The least that "dozens", "tens of thousands" … say."""
        return self.low.get(words)


@cache
def load_measures(folder: Path | None = None) -> MeasureLexicon:
    """The table of ``data/measures.csv``; DataError for a bad row."""
    folder = folder or data_folder()
    vocabulary = read_toml(folder / "vocabulary.toml")
    table: dict[tuple[str, str], Measure] = {}
    for row in read_rows(folder / "measures.csv", ("lemma", "pos", "measure", "role", "origin")):
        pos = row.one_of("pos", ("verb", "noun", "adj"))
        measure = row.one_of("measure", vocabulary["measure"])
        role = row.one_of("role", ("obj", "subj", "both", "self", "toll"))
        if (pos, row["lemma"]) in table:
            raise row.wrong(f"{row['lemma']!r} ({pos}) stands twice", "Keep one of the rows")
        table[pos, row["lemma"]] = Measure(row["lemma"], pos, measure, role)
    low = {words: float(entry["low"]) for words, entry in vocabulary["number_words"].items()}
    return MeasureLexicon(table, low)
