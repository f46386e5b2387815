"""Merge: which claims speak of one happening, who stands behind each account, and what they give."""

from onrecord.merge.accounts import Carriers
from onrecord.merge.aggregate import aggregate
from onrecord.merge.blocking import block_keys, block_pairs
from onrecord.merge.build import Known, build_event, event_name, under
from onrecord.merge.cluster import Surroundings, Tie, cluster, decided_pairs, recluster
from onrecord.merge.divergence import Divergence, divergence
from onrecord.merge.events import Merged, agencies_of, find_ties, merge_all, merge_case, tie_of
from onrecord.merge.mention_pairs import cluster_mentions
from onrecord.merge.mentions import MentionDocument
from onrecord.merge.rows import Shelf, event_detail, event_row
from onrecord.merge.sketch import Sketch, pack_sketch, sketch, unpack_sketch
from onrecord.merge.syndication import (
    Fingerprint,
    ReportText,
    candidates,
    copies_among,
    credited_among,
    crossing,
    find_voices,
    fingerprint,
    make_voice,
    published_moment,
    read_text,
)
from onrecord.merge.tolls import with_tolls

__all__ = [
    "Carriers",
    "Divergence",
    "Fingerprint",
    "Known",
    "MentionDocument",
    "Merged",
    "ReportText",
    "Shelf",
    "Sketch",
    "Surroundings",
    "Tie",
    "agencies_of",
    "aggregate",
    "block_keys",
    "block_pairs",
    "build_event",
    "candidates",
    "cluster",
    "cluster_mentions",
    "copies_among",
    "credited_among",
    "crossing",
    "decided_pairs",
    "divergence",
    "event_detail",
    "event_name",
    "event_row",
    "find_ties",
    "find_voices",
    "fingerprint",
    "make_voice",
    "merge_all",
    "merge_case",
    "pack_sketch",
    "published_moment",
    "read_text",
    "recluster",
    "sketch",
    "tie_of",
    "under",
    "unpack_sketch",
    "with_tolls",
]
