"""Headings and capitals: how far the heading of a report goes, and which words with capitals make a name."""

from __future__ import annotations

from onrecord.lexicon.cues import CueLexicon
from onrecord.lexicon.speakers import load_body_words, load_person_words
from onrecord.model import Parse

_CAPITALS = 0.8  # share of a heading's words that have capitals where all words do but small ones
PAPERS = frozenset(("survey", "document"))  # offices of what is read and not asked
_LINE = 25  # tokens of a line of a heading at most


def heading_end(parse: Parse) -> int:
    """The token behind the heading: behind the first line, and the second where that is short too."""
    end = 0
    for paragraph in parse.paragraphs[:2]:
        inside = parse.tokens_in(paragraph)
        if not inside or len(inside) > _LINE or len(parse.paragraphs) < 2:
            break
        end = inside[-1] + 1
    return end


def capitals_end(parse: Parse) -> int:
    """The token behind a heading in which most words have capitals, so that all looks like a name; 0 for none."""
    if len(parse.paragraphs) < 2:
        return 0
    inside = parse.tokens_in(parse.paragraphs[0])
    words = [parse.tokens[i].text for i in inside if parse.tokens[i].text.isalpha() and len(parse.tokens[i].text) > 3]
    capitals = sum(word[0].isupper() for word in words)
    return inside[-1] + 1 if len(words) > 3 and capitals > _CAPITALS * len(words) else 0


def with_article(parse: Parse, capitals: int) -> frozenset[str]:
    """Words that make a name with "The": "the editors of The Advocate"; there the article keeps its capital."""
    tokens = parse.tokens
    found = set()
    for token in tokens[max(1, capitals) : -1]:
        if token.text == "The" and tokens[token.index - 1].text.isalpha() and tokens[token.index - 1].text.islower():
            after = tokens[token.index + 1]
            if after.tag == "NNP" and tokens[after.head].pos != "PROPN":
                found.add(after.text)
    return frozenset(found)


def is_common(parse: Parse, lexicon: CueLexicon, first: int, last: int, capitals: int) -> bool:
    """Whether what looks like a name is a noun with a capital: "Newspaper Says", "the Super PAC".

    In a heading of *capitals* any word for a person or body is one, where the report does not repeat it as a name.
    """
    tokens = parse.tokens
    if last >= max(capitals, 2 * _LINE) and tokens[last].lower != "pac":
        return False
    words = [tokens[i].lower for i in range(first, last + 1) if tokens[i].lower != "the"]
    if words and words[-1] == "pac" and set(words) <= {"super", "pac"}:
        return len(words) > 1 or tokens[max(0, first - 1)].lower == "super"
    begins = (
        first == last
        and tokens[first].tag == "NNP"
        and any(part.start == tokens[first].start for part in parse.paragraphs[:2])
    )
    if not words or not (last < capitals or begins) or tokens[last].tag in ("NNS", "NNPS"):
        return False
    known, role = load_body_words(), lexicon.roles.get(words[-1])
    person = words[-1] in load_person_words() or (role is not None and role.kind == "person")
    body = words[-1] in known.named or words[-1] in known.generic or (role is not None and role.office in PAPERS)
    return (person or body) and parse.text.count(parse.span(first, last).of(parse.text)) == 1
