"""Events of a case: merged from its claims when asked for, kept in derived tables, decided on by people."""

from onrecord.events.asked import CaseEvents, rules_hash

__all__ = ["CaseEvents", "rules_hash"]
