"""The factuality head orders what happened, may have and did not, and says what is wrong with its files."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from layered import build

from onrecord.coding import code_claims, token_factuality, with_factuality
from onrecord.coding.encoded_factuality import ENCODER, FOLDER, HEAD, FactualityHead, load_head
from onrecord.coding.predicates import may_be_predicate
from onrecord.coding.sign_network import LABELS, WEIGHTS
from onrecord.errors import ModelError
from onrecord.lexicon.coding import load_coding
from onrecord.model import EventClaim, Layers
from onrecord.parse.encoder import OnnxEncoder

REPORT = (
    "Rebels attacked the village of Hareen on Sunday. The army did not attack the town. "
    "The militia may attack the bridge, and a general threatened to attack the harbour if talks fail."
)


@cache
def encoder() -> OnnxEncoder:
    return OnnxEncoder()


def firm(text: str) -> Layers:
    layers = build(text)
    return with_factuality(replace(layers, encoding=encoder().encode(layers.parse)), load_coding())


def value(text: str, word: str) -> float:
    layers = firm(text)
    index = next(t.index for t in layers.parse.tokens if t.text == word)
    found = token_factuality(layers, load_coding())[index]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("told", "word", "low", "high"),
    [
        ("The minister signed the treaty on Monday.", "signed", 2.2, 3.0),
        ("The minister did not sign the treaty on Monday.", "sign", -3.0, -0.8),
        ("The minister may sign the treaty next week.", "sign", -0.5, 2.2),
        ("Nobody signed the treaty, the foreign ministry in Rome said on Monday.", "signed", -3.0, 0.0),
        ("The minister refused to sign the treaty.", "sign", -3.0, 0.0),
        ("The minister managed to sign the treaty.", "sign", 1.0, 3.0),
    ],
)
def test_what_happened_may_have_and_did_not(told: str, word: str, low: float, high: float) -> None:
    assert low <= value(told, word) <= high


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ("Please forward the list of names to all of us.", "forward"),
        ("PLEASE NOTE: the office stays shut on Friday.", "NOTE"),
    ],
)
def test_verbs_that_taggers_mistake_have_a_number(told: str, word: str) -> None:
    assert value(told, word) < 2.5


def test_letters_and_reviews_are_told_from_news() -> None:
    def odds(text: str) -> float:
        encoding = encoder().encode(build(text).parse)
        assert encoding.states is not None
        return load_head().odds_of_web(encoding.states)

    review = (
        "I love this place!! The staff was so friendly and my dog got a bath, too. Let me know if you want to come."
    )
    assert odds("The prime minister of Italy met his French counterpart in Rome on Monday, officials said.") < 0
    assert odds(review) > 0


def test_what_is_negated_in_news_did_not_happen() -> None:
    head = load_head()
    both = np.array([[1.0, 2.0]], dtype=np.float32)
    assert head.one_number(both, [True], odds=-3.0)[0] <= 0
    assert head.one_number(both, [False], odds=-3.0)[0] > 0


def test_only_predicates_change_and_the_encoders_own_values_are_kept() -> None:
    layers = firm(REPORT)
    assert layers.encoding is not None
    new, old = layers.encoding.heads[HEAD][:, 0], layers.encoding.heads[ENCODER][:, 0]
    at = np.array([may_be_predicate(t) for t in layers.parse.tokens])
    assert np.array_equal(new[~at], old[~at])
    assert not np.array_equal(new[at], old[at])
    assert new.min() >= -3
    assert new.max() <= 3


def test_a_claim_never_holds_more_than_its_mood_admits() -> None:
    claims = [c for c in code_claims(firm(REPORT), load_coding())[0] if isinstance(c, EventClaim)]
    assert claims
    for claim in claims:
        if claim.modality.mood in {"threatened", "demanded", "planned", "forecast", "conditional"}:
            assert claim.modality.factuality <= 2
        if claim.modality.polarity == "negative":
            assert claim.modality.factuality <= 0


def test_the_same_report_gives_the_same_numbers() -> None:
    assert token_factuality(firm(REPORT), load_coding()) == token_factuality(firm(REPORT), load_coding())


def test_without_states_the_layers_stay_as_they_are() -> None:
    layers = build(REPORT)
    assert with_factuality(layers, load_coding()) is layers
    encoding = replace(encoder().encode(layers.parse), states=None)
    bare = replace(layers, encoding=encoding)
    assert with_factuality(bare, load_coding()) is bare


def test_the_head_was_trained_on_the_encoder_that_ships() -> None:
    trained_on = json.loads((FOLDER / LABELS).read_text(encoding="utf-8"))["encoder"]
    assert trained_on == encoder().identity


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "factuality"))


@pytest.mark.parametrize("name", [WEIGHTS, LABELS])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}: cannot be read .* Install onrecord again"):
        FactualityHead(folder)


def test_damaged_weights_are_refused(folder: Path) -> None:
    content = (folder / WEIGHTS).read_bytes()
    (folder / WEIGHTS).write_bytes(content[:-1])
    with pytest.raises(ModelError, match="is not the file whose sha256"):
        FactualityHead(folder)


def test_labels_of_another_format_are_refused(folder: Path) -> None:
    (folder / LABELS).write_text('{"format": 9}', encoding="utf-8")
    with pytest.raises(ModelError, match="has format 9"):
        FactualityHead(folder)
