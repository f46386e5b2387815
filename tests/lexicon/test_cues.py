"""The cue lexicon: complete enough, and strict about its rows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from onrecord.errors import DataError
from onrecord.lexicon.cues import load_cues
from onrecord.lexicon.tables import data_folder

FILES = ("cues.csv", "channels.csv", "caveats.csv", "roles.csv", "agencies.csv", "vocabulary.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(data_folder() / name, tmp_path / name)
    return tmp_path


def test_what_ships_loads_and_is_large() -> None:
    lexicon = load_cues()
    tables = (lexicon.verbs, lexicon.nouns, lexicon.adjectives, lexicon.phrases)
    assert sum(len(entries) for table in tables for entries in table.values()) >= 450
    assert lexicon.kind_of("deny") == "denies"
    assert lexicon.kind_of("table") is None or isinstance(lexicon.kind_of("table"), str)


def test_an_unknown_class_names_file_line_and_remedy(folder: Path) -> None:
    path = folder / "cues.csv"
    with path.open("a", encoding="utf-8") as stream:
        stream.write("mumble,verb,mumbles,quote,,strong\n")
    with pytest.raises(DataError, match=r"cues\.csv:\d+: class 'mumbles' is not known\. Use one of"):
        load_cues(folder)


def test_a_word_may_not_stand_twice(folder: Path) -> None:
    with (folder / "cues.csv").open("a", encoding="utf-8") as stream:
        stream.write("say,verb,says,quote,,strong\n")
    with pytest.raises(DataError, match="stands there twice"):
        load_cues(folder)


def test_a_caveat_may_not_start_with_a_gap(folder: Path) -> None:
    with (folder / "caveats.csv").open("a", encoding="utf-8") as stream:
        stream.write("* verified,unverified\n")
    with pytest.raises(DataError, match="starts or ends with"):
        load_cues(folder)
