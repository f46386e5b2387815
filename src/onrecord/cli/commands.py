"""Imports every command, so that each registers itself with the app."""

from onrecord.cli import (
    code,
    doctor,
    double,
    events,
    export,
    gazetteer,
    look,
    merge,
    review,
    search,
    sensitivity,
    serve,
    show,
    upkeep,
    verify,
    why,
)

__all__ = [
    "code",
    "doctor",
    "double",
    "events",
    "export",
    "gazetteer",
    "look",
    "merge",
    "review",
    "search",
    "sensitivity",
    "serve",
    "show",
    "upkeep",
    "verify",
    "why",
]
