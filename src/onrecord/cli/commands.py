"""Imports every command, so that each registers itself with the app."""

from onrecord.cli import code, doctor, gazetteer, look, show, verify

__all__ = ["code", "doctor", "gazetteer", "look", "show", "verify"]
