"""A parse of words and punctuation without a tree, for tests that need no parser."""

import re

from onrecord.model import Parse, Span, Token

_WORD = re.compile(r"\w+|[^\w\s]")


def plain_parse(text: str, pattern: re.Pattern[str] = _WORD) -> Parse:
    """Each match of *pattern* is a token; the whole text is one sentence and one paragraph."""
    found = [m.span() for m in pattern.finditer(text)]
    tokens = tuple(
        Token(i, a, b, text[a:b], text[a:b].lower(), "", "X", "", "dep", i, i, i, 0, "", -1, False)
        for i, (a, b) in enumerate(found)
    )
    starts = tuple(t.start for t in tokens)
    return Parse(text, tokens, ((0, len(tokens)),), (Span(0, len(text)),), (), tuple(() for _ in tokens), starts)
