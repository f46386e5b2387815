"""Attribute: who is cited, by which words, for which words."""

from onrecord.attribute.attributions import attribute, find_attributions

__all__ = ["attribute", "find_attributions"]
