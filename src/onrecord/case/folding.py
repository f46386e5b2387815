"""Names as filters compare them."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """*text* as filters compare it: lower case, without accents and punctuation, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = ("" if unicodedata.combining(c) or c in "'’ʿʾ`" else c if c.isalnum() else " " for c in plain)
    return " ".join("".join(kept).split())
