import re

from hypothesis import given
from hypothesis import strategies as st

from onrecord.parse.windows import cut


def words(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"\w+|[^\w\s]", text)]


def pieces_of(text: str, limit: int) -> list[str]:
    offsets = words(text)
    return [text[offsets[a][0] : offsets[b - 1][1]] for a, b in cut(text, offsets, limit)]


@given(st.text(alphabet="ab. \n”é🛑", max_size=400), st.integers(4, 40))
def test_windows_follow_each_other_and_keep_the_limit(text, limit):
    offsets = words(text)
    found = cut(text, offsets, limit)
    assert [i for a, b in found for i in range(a, b)] == list(range(len(offsets)))
    assert all(0 < b - a <= limit for a, b in found)


def test_a_short_text_is_one_window():
    assert pieces_of("The bridge was closed.\n\nNobody was hurt.", 20) == ["The bridge was closed.\n\nNobody was hurt."]


def test_cuts_fall_between_paragraphs_where_one_ends_nearby():
    first = "The ferry left at dawn. It carried forty people and two lorries."
    second = "The harbour office said the sea was calm. No other ship was near."
    assert pieces_of(f"{first}\n\n{second}", 20) == [first, second]


def test_cuts_fall_between_sentences_rather_than_in_one():
    text = "The ferry left at dawn. It carried forty people. The sea was calm that day. Nobody saw it again."
    assert all(part.endswith(".") for part in pieces_of(text, 14))


def test_closing_quotation_marks_stay_with_their_sentence():
    text = "“We saw the ferry leave.” “It was full of people.” “Then the fog came in.” “Nobody saw it again.”"
    assert all(part.startswith("“") and part.endswith("”") for part in pieces_of(text, 16))


def test_no_window_holds_only_a_few_left_over_words():
    text = " ".join(["word"] * 23)
    sizes = [len(part.split()) for part in pieces_of(text, 20)]
    assert min(sizes) >= 8


def test_an_endless_word_is_cut_all_the_same():
    text = "x" * 50
    offsets = [(i, i + 1) for i in range(50)]
    assert [b - a for a, b in cut(text, offsets, 20)] == [17, 17, 16]
