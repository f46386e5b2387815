"""Attribute: who is cited, by which words, for which words."""
