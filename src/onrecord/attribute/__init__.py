"""Attribute: who is cited, by which words, for which words."""

from onrecord.attribute.attributions import find_attributions

__all__ = ["find_attributions"]
