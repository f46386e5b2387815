"""Proofs of the case: kills, corruptions, load, and writers at once."""
