import numpy as np
import pytest

from onrecord.model.parse import Encoding
from onrecord.model.tagging import BUCKETS, Tagged, distance_bucket, link_probabilities, tagged

LABELS = ("O", "B-DATE", "I-DATE", "B-SET", "I-SET")


def tags(*names: str) -> Encoding:
    rows = np.full((len(names), len(LABELS)), 0.05, dtype=np.float32)
    for row, name in zip(rows, names, strict=True):
        row[LABELS.index(name)] = 0.8
    return Encoding({"time": rows}, {"time": LABELS})


def found(encoding: Encoding, **more: float) -> list[tuple[str, int, int]]:
    return [(t.label, t.first, t.last) for t in tagged(encoding, "time", **more)]


def test_a_span_runs_from_b_over_its_i():
    assert found(tags("O", "B-DATE", "I-DATE", "O", "B-SET")) == [("DATE", 1, 2), ("SET", 4, 4)]


def test_two_spans_may_touch():
    assert found(tags("B-DATE", "I-DATE", "B-DATE")) == [("DATE", 0, 1), ("DATE", 2, 2)]


def test_an_i_without_a_b_begins_a_span():
    assert found(tags("I-DATE", "O", "I-DATE", "I-DATE")) == [("DATE", 0, 0), ("DATE", 2, 3)]


def test_a_span_keeps_the_type_it_began_with():
    assert found(tags("B-DATE", "I-SET")) == [("DATE", 0, 1)]


def test_outside_below_one_finds_more():
    rows = np.array([[0.6, 0.4, 0, 0, 0]], dtype=np.float32)
    encoding = Encoding({"time": rows}, {"time": LABELS})
    assert tagged(encoding, "time") == []
    assert tagged(encoding, "time", outside=0.5) == [Tagged("DATE", 0, 0, pytest.approx(0.4))]


def test_no_tokens_no_spans():
    empty = Encoding({"time": np.zeros((0, len(LABELS)), np.float32)}, {"time": LABELS})
    assert tagged(empty, "time") == []


def test_buckets_tell_sides_and_grow_with_distance():
    before = [distance_bucket((100, 110), (100 - gap - 1, 100 - gap)) for gap in range(90)]
    after = [distance_bucket((100, 110), (110 + gap, 111 + gap)) for gap in range(90)]
    assert before == sorted(before)
    assert after == sorted(after)
    assert set(before) | set(after) == set(range(BUCKETS))
    assert set(before).isdisjoint(after)


def linked() -> Encoding:
    heads = {name: np.zeros((6, 4), dtype=np.float32) for name in ("link_source", "link_content")}
    heads["link_content"][0:2] = [4, 0, 0, 0]
    heads["link_source"][4] = [4, 0, 0, 0]
    heads["link_none"] = np.zeros((6, 1), dtype=np.float32)
    labels = {"link_none": ("content>source",)}
    return Encoding(heads, labels, ((0, 6),), {"content>source": (0.0,) * BUCKETS})


def test_links_prefer_the_span_whose_vector_agrees():
    chances = link_probabilities(linked(), ("content", "source"), [(0, 2)], [(2, 3), (4, 5)])
    assert chances.shape == (1, 3)
    assert chances.sum() == pytest.approx(1)
    assert chances[0].argmax() == 1


def test_links_without_candidates_are_none_for_certain():
    assert link_probabilities(linked(), ("content", "source"), [(0, 2)], []).tolist() == [[1.0]]
