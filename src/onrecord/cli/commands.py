"""Imports every command, so that each registers itself with the app."""

from onrecord.cli import code, doctor, double, export, gazetteer, look, review, search, show, upkeep, verify, why

__all__ = [
    "code",
    "doctor",
    "double",
    "export",
    "gazetteer",
    "look",
    "review",
    "search",
    "show",
    "upkeep",
    "verify",
    "why",
]
