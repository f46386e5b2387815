"""Words that mean others by what a report is about: deputies of a sheriff, delegates to a convention."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache

from onrecord.lexicon.actors import SectorWord
from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.model import Parse

_SPEAKER = "speaker"
_ARTICLES = frozenset({"a", "an", "another"})
_TALKS = frozenset({"at", "from", "during"})
_UNTOLD = ("UNK",)


def by_subject(word: SectorWord, parse: Parse, index: int) -> SectorWord:
    """*word* at token *index* with the sectors that it has in a report of this subject."""
    if word.lemma == _SPEAKER and _only_speaks(parse, index):
        return replace(word, sectors=_UNTOLD, office=None, kind="person")
    told = _rows().get(word.lemma)
    if told is None:
        return word
    sectors, subjects = told
    if not any(t.lemma.lower() in subjects or t.lower in subjects for t in parse.tokens):
        return word
    return replace(word, sectors=sectors, office=None, kind="person")


def _only_speaks(parse: Parse, index: int) -> bool:
    """Whether a speaker is one who speaks somewhere, of whom there are many, not the chair of a chamber."""
    token = parse.tokens[index]
    said = {parse.tokens[c].lower for c in parse.children[index]}
    return token.tag in {"NNS", "NNPS"} or bool(said & _ARTICLES) or (token.tag == "NN" and bool(said & _TALKS))


@cache
def _rows() -> Mapping[str, tuple[tuple[str, ...], Collection[str]]]:
    rows = read_rows(data_folder() / "actors" / "words_by_subject.csv", ("word", "sectors", "subjects", "origin"))
    return {row["word"]: (tuple(row["sectors"].split(";")), frozenset(row["subjects"].split(";"))) for row in rows}
