"""The dictionary of a pipeline: which lower-case words are of the language, whatever their form."""

from __future__ import annotations

from functools import cached_property
from typing import Any

_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "est")


class Dictionary:
    """The words that the lemmatizer of *nlp* knows, read when first asked for."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp

    @cached_property
    def _words(self) -> frozenset[str]:
        """Empty where the pipeline has no lemmatizer with tables."""
        found: set[str] = set(self._nlp.Defaults.stop_words)
        if "lemmatizer" not in self._nlp.component_names:
            return frozenset()
        tables = getattr(self._nlp.get_pipe("lemmatizer"), "lookups", None)
        for name in ("lemma_index", "lemma_exc"):
            if tables is None or not tables.has_table(name):
                return frozenset()
            for words in tables.get_table(name).values():
                found.update(words)
        return frozenset(found)

    def holds(self, word: str) -> bool:
        """Whether *word*, in lower case, is one of the language and no name; any is where there are no tables."""
        if not self._words or word in self._words:
            return True
        stems = {word.removesuffix(ending) for ending in _ENDINGS} - {word}
        return any(stem in self._words or stem + "e" in self._words for stem in stems)
