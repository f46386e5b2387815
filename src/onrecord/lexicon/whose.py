"""Words that decide whether the country of a party may be inferred from what its report tells around it."""

from __future__ import annotations

from functools import cache

from onrecord.lexicon.tables import data_folder, read_rows

_LISTS = (
    "from_abroad",
    "beyond",
    "at_home",
    "sole",
    "crowd",
    "captive",
    "faith",
    "of_person",
    "one_of_each",
    "generic",
    "anywhere",
    "one_of_many",
    "in_any_body",
    "measure",
    "of_politics",
    "striking",
    "fled",
    "several",
    "each_has",
    "own",
    "own_rule",
    "keeping_out",
    "entering",
    "wide",
    "minorities",
    "part_of_people",
    "held_abroad",
    "held",
    "crown",
    "one_body",
)


@cache
def whose(name: str) -> frozenset[str]:
    """The words of the list *name* of ``data/whose.csv``, lower case."""
    found: set[str] = set()
    for row in read_rows(data_folder() / "whose.csv", ("list", "words")):
        if row.one_of("list", _LISTS) == name:
            found.update(row["words"].split("|"))
    return frozenset(found)
