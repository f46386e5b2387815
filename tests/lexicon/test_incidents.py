"""The incident tables say which file and row is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from onrecord.errors import DataError
from onrecord.lexicon.incidents import load_incidents
from onrecord.lexicon.ontology import load_ontology
from onrecord.lexicon.tables import data_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder() / "incidents", tmp_path / "incidents"))


def test_every_incident_type_of_the_head_is_a_type_and_modes_of_the_ontology() -> None:
    ontology = load_ontology()
    for event_type, modes in load_incidents().types.values():
        assert set(modes) <= set(ontology.types[event_type].modes)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "weights.csv").unlink()
    with pytest.raises(DataError, match=r"weights\.csv: is missing .* Install onrecord again"):
        load_incidents(folder)


def test_a_weight_that_is_no_number_is_named(folder: Path) -> None:
    with (folder / "weights.csv").open("a", encoding="utf-8") as stream:
        stream.write("n 7,much\n")
    with pytest.raises(DataError, match=r"weights\.csv:\d+: weight 'much'"):
        load_incidents(folder)


def test_weights_without_a_threshold_are_refused(folder: Path) -> None:
    path = folder / "weights.csv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("threshold")]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DataError, match="no row threshold"):
        load_incidents(folder)
