"""Event mentions across documents, on texts of our own."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from onrecord.config import Config
from onrecord.merge.mention_pairs import agglomerate, cluster_mentions, load_types
from onrecord.merge.mentions import MentionDocument, stem
from onrecord.model import Span
from onrecord.parse.syntax import SpacyParser

TEXTS = {
    "d1": "A court in Dar Qubba jailed the mayor on Monday. The mayor, Yusuf Amin, took bribes from a builder.",
    "d2": "Yusuf Amin, the mayor of Dar Qubba, was jailed on Monday after a court found that he took bribes.",
    "d3": "Warships fired at the port of Tell Rihan on Friday. The port burned for hours, sailors said.",
}
MENTIONS = {"d1": ("jailed", "took"), "d2": ("jailed", "took"), "d3": ("fired", "burned")}


@pytest.fixture(scope="module")
def documents() -> list[MentionDocument]:
    parser = SpacyParser(Config().parser)
    found = []
    for name, text in TEXTS.items():
        mentions = tuple(
            (f"{name}:{w}", Span(text.index(w), text.index(w) + len(w)), "ACTION_OCCURRENCE") for w in MENTIONS[name]
        )
        found.append(MentionDocument(document_id=name, topic="t", parse=parser.parse(text), mentions=mentions))
    return found


def test_the_same_act_in_two_texts_is_one_cluster(documents):
    found = cluster_mentions(documents, {})
    assert found["d1:jailed"] == found["d2:jailed"]
    assert len({found["d1:jailed"], found["d1:took"], found["d3:fired"]}) == 3


def test_order_of_documents_and_mentions_does_not_matter(documents):
    expected = cluster_mentions(documents, {})
    turned = [replace(d, mentions=tuple(reversed(d.mentions))) for d in documents]
    random.Random(0).shuffle(turned)
    assert cluster_mentions(turned, {}) == expected


def test_topics_stay_apart(documents):
    found = cluster_mentions([replace(d, topic=d.document_id) for d in documents], {})
    assert found["d1:jailed"] != found["d2:jailed"]


def test_average_link_joins_by_the_mean_and_not_by_one_close_pair():
    # 0 and 1 are close, 1 and 2 are close, 0 and 2 are far: the mean of 2 to {0, 1} is 0.45.
    table = np.array([[0, 0.9, 0.0], [0.9, 0, 0.9], [0.0, 0.9, 0]])
    assert agglomerate(table, 0.5) == [[0, 1], [2]]
    assert agglomerate(table, 0.4) == [[0, 1, 2]]
    assert agglomerate(np.zeros((1, 1)), 0.5) == [[0]]


@pytest.mark.parametrize(("word", "other"), [("killing", "killed"), ("arrest", "arrested"), ("shooting", "shooter")])
def test_stems_meet(word, other):
    assert stem(word) == stem(other)


def test_types_of_words_are_those_that_the_weights_were_fitted_with(documents):
    types = load_types()
    assert "ASSAULT/abduct" in types["kidnap"]
    assert cluster_mentions(documents) == cluster_mentions(documents, types)
