"""The pieces that trigger rows are made of: constraints on arguments, and paths to role fillers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from onrecord.lexicon.tables import Row

GRAMMATICAL = ("subj", "obj", "iobj", "poss", "of", "by", "mod", "comp")
"""First steps of a role path that are not plain prepositions."""

INNER = ("subj", "obj", "poss", "of", "by", "mod")
"""Second steps of a role path that are not plain prepositions."""


@dataclass(frozen=True, slots=True)
class WordClass:
    """Words that a constraint can name together.

    ``lemmas`` are single words; ``phrases`` are compounds, last word the head, keyed by that head;
    ``entities`` are OntoNotes labels and ``sectors`` actor sector codes that belong as well (a town's
    name is a territory, "Taliban" is armed).
    """

    name: str
    lemmas: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()
    entities: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    _by_head: Mapping[str, tuple[tuple[str, ...], ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_head: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self.phrases:
            by_head.setdefault(phrase[-1], []).append(phrase)
        object.__setattr__(self, "_by_head", {head: tuple(found) for head, found in by_head.items()})

    @property
    def size(self) -> int:
        """Number of members; a label or a sector stands for many and counts as ten."""
        return len(self.lemmas) + len(self.phrases) + 10 * (len(self.entities) + len(self.sectors))

    def holds(
        self, lemma: str, modifiers: Collection[str] = (), entity: str = "", sectors: Collection[str] = ()
    ) -> bool:
        """Whether a head with this lemma, compound/adjective lemmas, entity label or sectors belongs.

        Capitals do not matter: parsers keep those of names ("Israeli fire").
        """
        lemma = lemma.lower()
        if lemma in self.lemmas or (entity and entity in self.entities):
            return True
        if sectors and not self.sectors.isdisjoint(sectors):
            return True
        fits = self._by_head.get(lemma)
        if fits is None:
            return False
        around = {word.lower() for word in modifiers}
        return any(all(word in around for word in p[:-1]) for p in fits)


@dataclass(frozen=True, slots=True)
class Constraint:
    """What an argument has to be. Without ``among`` anything will do, so long as it is there."""

    text: str
    among: tuple[WordClass, ...] = ()
    negated: bool = False

    def admits(
        self,
        lemma: str | None,
        modifiers: Collection[str] = (),
        entity: str = "",
        sectors: Collection[str] = (),
    ) -> bool:
        """Whether an argument headed by *lemma* fits; *lemma* is None where there is no such argument.

        A negated constraint (``!@class``) is met by a missing argument, any other is not.
        *modifiers* are the lemmas of the head's compounds and adjectives, *entity* its OntoNotes
        label, *sectors* the codes of the actor that it was resolved to, where known.
        """
        if lemma is None:
            return self.negated
        if not self.among:
            return True
        held = any(c.holds(lemma, modifiers, entity, sectors) for c in self.among)
        return held != self.negated

    @property
    def weight(self) -> int:
        """How much it narrows a row: 4 for compounds only, 3 for named words, 1 for presence or exclusion."""
        if not self.among or self.negated:
            return 1
        return 3 if any(c.lemmas or c.entities or c.sectors for c in self.among) else 4


@dataclass(frozen=True, slots=True)
class RolePath:
    """One step, or two, from a trigger to the words of a role.

    ``step`` is ``subj`` or ``obj`` (deep: passives undone), ``iobj``, ``poss``, ``of``, ``by``, ``mod``,
    ``comp`` (the clause it governs) or a preposition; ``then`` a second step from that word.
    """

    step: str
    then: str | None = None

    def __str__(self) -> str:
        return self.step if self.then is None else f"{self.step}.{self.then}"


def read_constraint(row: Row, column: str, text: str, classes: Mapping[str, WordClass]) -> Constraint | None:
    """The constraint written as *text* (blank, ``+``, ``[!]`` then ``@class`` and lemmas joined by ``|``).

    Raises DataError when a class is not in *classes* or a part is empty.
    """
    if not text:
        return None
    if text == "+":
        return Constraint(text)
    negated = text.startswith("!")
    among: list[WordClass] = []
    words: list[str] = []
    for part in text.removeprefix("!").split("|"):
        if part.startswith("@"):
            if part[1:] not in classes:
                raise row.wrong(f"{column} names the class {part!r}, which is not known", "Add it to classes.csv")
            among.append(classes[part[1:]])
        elif not part or part != part.lower():
            raise row.wrong(f"{column} {text!r} holds {part!r}", "Write lemmas in lower case, joined by |")
        else:
            words.append(part)
    if words:
        among.append(word_class("", words))
    return Constraint(text, tuple(among), negated)


def read_paths(row: Row, column: str, prepositions: WordClass) -> tuple[RolePath, ...]:
    """The role paths of a cell, in order of preference; ``-`` and blank give none.

    Raises DataError when a step is neither grammatical nor one of *prepositions*.
    """
    text = row[column]
    if text in {"", "-"}:
        return ()
    paths: list[RolePath] = []
    for part in text.split("|"):
        step, dot, then = part.partition(".")
        known = step in GRAMMATICAL or step in prepositions.lemmas
        if not known or (dot and then not in INNER and then not in prepositions.lemmas):
            raise row.wrong(
                f"{column} holds the path {part!r}",
                f"Use {', '.join(GRAMMATICAL)} or a preposition of classes.csv, then a dot and one more step",
            )
        paths.append(RolePath(step, then or None))
    return tuple(paths)


def word_class(name: str, members: Collection[str]) -> WordClass:
    """The class of *members*: lemmas, compounds, ``%LABEL`` entity labels and ``#CODE`` sectors."""
    return WordClass(
        name,
        lemmas=frozenset(m for m in members if m[0] not in "%#" and " " not in m),
        phrases=frozenset(tuple(m.split()) for m in members if m[0] not in "%#" and " " in m),
        entities=frozenset(m[1:] for m in members if m[0] == "%"),
        sectors=frozenset(m[1:] for m in members if m[0] == "#"),
    )
