"""Merge: which claims speak of one happening, who stands behind each account, and what they give."""

from onrecord.merge.aggregate import aggregate
from onrecord.merge.divergence import Divergence, divergence
from onrecord.merge.events import Merged, merge_all, merge_case
from onrecord.merge.mention_pairs import cluster_mentions
from onrecord.merge.mentions import MentionDocument
from onrecord.merge.rows import Shelf, event_detail, event_row
from onrecord.merge.syndication import find_voices

__all__ = [
    "Divergence",
    "MentionDocument",
    "Merged",
    "Shelf",
    "aggregate",
    "cluster_mentions",
    "divergence",
    "event_detail",
    "event_row",
    "find_voices",
    "merge_all",
    "merge_case",
]
