import hashlib
import json
import re
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import plain_parse

from onrecord.errors import ModelError
from onrecord.model.tagging import link_probabilities, tagged
from onrecord.parse.encoder import FOLDER, LABELS, MODEL, TOKENIZER, OnnxEncoder

REPORT = (
    "The harbour office in Rotterdam said on Monday that two ferries had collided near the old pier. "
    "“Nobody was hurt,” its director, Ilse Vermaat, told reporters. The crew did not call for help.\n\n"
    "According to a fisherman, the fog came in around 5 a.m. and stayed for three hours."
)


@pytest.fixture(scope="module")
def encoder():
    return OnnxEncoder()


def texts_of(parse, spans):
    return [parse.span(t.first, t.last).of(parse.text) for t in spans]


def token_of(parse, word):
    return next(t.index for t in parse.tokens if t.text == word)


def same(left, right):
    return all(np.array_equal(left.heads[name], right.heads[name]) for name in left.heads)


def test_every_head_has_a_row_for_each_token_and_a_column_for_each_label(encoder):
    parse = plain_parse(REPORT)
    encoding = encoder.encode(parse)
    assert set(encoding.heads) == set(encoding.labels)
    for name, rows in encoding.heads.items():
        assert rows.dtype == np.float32
        assert rows.shape == (len(parse.tokens), len(encoding.labels[name]))
        assert np.isfinite(rows).all()


def test_tag_rows_are_probabilities(encoder):
    encoding = encoder.encode(plain_parse(REPORT))
    for name in ("source", "cue", "content", "time", "toponym", "incident"):
        assert encoding.labels[name][0] == "O"
        assert encoding.heads[name].sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_who_said_what_is_found_and_linked(encoder):
    parse = plain_parse(REPORT)
    encoding = encoder.encode(parse)
    contents, sources = tagged(encoding, "content"), tagged(encoding, "source")
    quote = next(c for c in contents if "Nobody was hurt" in texts_of(parse, [c])[0])
    assert any("Ilse Vermaat" in text for text in texts_of(parse, sources))
    assert any("told" in text for text in texts_of(parse, tagged(encoding, "cue")))
    chances = link_probabilities(
        encoding,
        ("content", "source"),
        [(quote.first, quote.last + 1)],
        [(s.first, s.last + 1) for s in sources],
    )
    assert "Vermaat" in texts_of(parse, [sources[int(chances[0, :-1].argmax())]])[0]


def test_times_and_places_are_found(encoder):
    parse = plain_parse(REPORT)
    encoding = encoder.encode(parse)
    times = {text: t.label for t, text in zip(*both(parse, encoding, "time"), strict=True)}
    assert times["Monday"] == "DATE"
    assert times["three hours"] == "DURATION"
    assert "Rotterdam" in both(parse, encoding, "toponym")[1]


def both(parse, encoding, head):
    spans = tagged(encoding, head)
    return spans, texts_of(parse, spans)


def test_what_did_not_happen_scores_below_what_did(encoder):
    parse = plain_parse("The soldiers attacked the camp. The soldiers did not attack the camp.")
    values = encoder.encode(parse).heads["factuality"][:, 0]
    assert values[token_of(parse, "attacked")] > 2
    assert values[token_of(parse, "attack")] < 0
    assert np.abs(values).max() <= 3


def test_reports_read_together_give_the_same_numbers_as_alone(encoder):
    parses = [plain_parse(text) for text in (REPORT * 4, "Rain.", REPORT, "", REPORT.upper() * 2)]
    together = list(encoder.encode_many(parses))
    for parse, encoding in zip(parses, together, strict=True):
        assert same(OnnxEncoder(threads=2).encode(parse), encoding)
    assert same(encoder.encode(parses[2]), together[2])


def test_an_empty_text_has_no_rows(encoder):
    encoding = encoder.encode(plain_parse(""))
    assert encoding.heads["content"].shape == (0, 3)
    assert encoding.windows == ()


def test_long_texts_are_read_in_windows_that_cover_every_token(encoder):
    parse = plain_parse(f"{REPORT}\n\n" * 12)
    windows = encoder.encode(parse).windows
    assert len(windows) > 3
    assert [i for a, b in windows for i in range(a, b)] == list(range(len(parse.tokens)))


def test_skipped_words_are_not_read(encoder):
    body = "The minister said that the road was open."
    whole = plain_parse(f"RIVERTON (Wire) - {body}")
    later = [t for t in whole.tokens if t.start >= 18]
    cut_off = type(whole)(
        whole.text, tuple(later), ((0, len(later)),), whole.paragraphs, (), (), tuple(t.start for t in later)
    )
    assert same(encoder.encode(cut_off), encoder.encode(plain_parse(body)))


def test_white_space_tokens_are_outside_of_everything(encoder):
    parse = plain_parse("He said \n\n so.", re.compile(r"\w+|\s{2,}|\."))
    rows = encoder.encode(parse).heads
    blank = token_of(parse, " \n\n ")
    assert rows["content"][blank].tolist() == [1.0, 0.0, 0.0]
    assert rows["factuality"][blank] == 0


def test_two_tokens_in_one_piece_are_one_span(encoder):
    halves = plain_parse("It rained on Monday.", re.compile(r"Mon|day|\w+|\."))
    spans, texts = both(halves, encoder.encode(halves), "time")
    assert texts == ["Monday"]
    assert spans[0].last - spans[0].first == 1


def test_marks_of_the_encoder_in_a_report_are_plain_words(encoder):
    parse = plain_parse("The sign read [SEP] and [CLS], the guard said.", re.compile(r"\[\w+\]|\w+|[.,]"))
    encoding = encoder.encode(parse)
    assert "said" in both(parse, encoding, "cue")[1]


@pytest.mark.parametrize(
    "word",
    [
        "Café",
        "e\u0301te\u0301",
        "İstanbul",
        "Zażółć",
        "北京",
        "😀",
        "👩‍👩‍👧",
        "ﬁre",
        "ẞ",
        "דמשק",
        "\u200bzero",
    ],
)
def test_offsets_are_those_of_the_text_as_written(encoder, word):
    """Whatever stands before it, the word after it gets its own numbers."""
    after = plain_parse(f"{word} {word} x Monday", re.compile(r"\S+"))
    before = after.tokens[-1]
    assert before.span.of(after.text) == "Monday"
    rows = encoder.encode(after).heads["time"]
    assert rows[before.index, 0] < 0.5 < rows[0, 0]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_can_be_read(text):
    parse = plain_parse(text, re.compile(r"\S+"))
    encoding = SHARED[0].encode(parse)
    assert all(len(rows) == len(parse.tokens) for rows in encoding.heads.values())
    assert sum(b - a for a, b in encoding.windows) == len(parse.tokens)


SHARED = [OnnxEncoder()]


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "model")


@pytest.mark.parametrize("name", [MODEL, TOKENIZER, LABELS])
def test_a_missing_file_is_named_with_a_remedy(copy, name):
    (copy / name).unlink()
    with pytest.raises(ModelError, match=f"{re.escape(str(copy / name))}.*Install onrecord again"):
        OnnxEncoder(copy)


@pytest.mark.parametrize("name", [MODEL, TOKENIZER, LABELS])
def test_a_broken_file_is_named(copy, name):
    (copy / name).write_bytes(b"version https://example.org/large-file\n")
    with pytest.raises(ModelError, match=re.escape(name)):
        OnnxEncoder(copy)


@pytest.mark.parametrize("name", [MODEL, TOKENIZER])
def test_files_that_hold_something_else_are_named_even_with_a_fitting_checksum(copy, name):
    (copy / name).write_bytes(b"nothing")
    labels = json.loads((copy / LABELS).read_text())
    labels["sha256"][name] = hashlib.sha256(b"nothing").hexdigest()
    (copy / LABELS).write_text(json.dumps(labels))
    with pytest.raises(ModelError, match=re.escape(name)):
        OnnxEncoder(copy)


def test_labels_of_another_format_are_refused(copy):
    labels = json.loads((copy / LABELS).read_text()) | {"format": 99}
    (copy / LABELS).write_text(json.dumps(labels))
    with pytest.raises(ModelError, match="format 99"):
        OnnxEncoder(copy)


def test_identity_tells_models_apart(encoder, copy):
    assert OnnxEncoder(copy).identity == encoder.identity
    labels = json.loads((copy / LABELS).read_text())
    (copy / LABELS).write_text(json.dumps(labels | {"limit": 100}))
    assert OnnxEncoder(copy).identity != encoder.identity
