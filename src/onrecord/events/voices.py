"""Voices of a case kept up to date: which reports carry one text, when reports come, go or credit another agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from onrecord.case import events_state, merge_state
from onrecord.case.merge_state import ReportState
from onrecord.events.shelves import Shelves
from onrecord.merge import (
    Fingerprint,
    ReportText,
    candidates,
    copies_among,
    credited_among,
    crossing,
    fingerprint,
    make_voice,
    read_text,
)
from onrecord.model import Voice


def refresh_voices(
    shelves: Shelves, touched: Collection[int], erased: Collection[int], agencies: Mapping[int, str | None]
) -> set[int]:
    """Brings voices up to date with *touched* reports (rows), of which *erased* are gone.

    *agencies* gives what each touched report credits. Returns the reports whose voice is another than it was.
    """
    return _Voices(shelves, agencies).refresh(set(touched) - set(erased), set(erased))


class _Voices:
    def __init__(self, shelves: Shelves, agencies: Mapping[int, str | None]) -> None:
        self.shelves, self.connection = shelves, shelves.connection
        self.before = merge_state.report_states(self.connection)
        self.agencies = {r: s.agency for r, s in self.before.items()}
        self.agencies.update(agencies)
        self.texts: dict[str, ReportText] = {}
        rows = self.connection.execute(
            "SELECT report, report_id, o.name FROM reports LEFT JOIN outlets o USING (outlet)"
        ).fetchall()
        self.ids = {report: report_id for report, report_id, _ in rows}
        self.numbers = {report_id: report for report, report_id, _ in rows}
        self.outlets = {report_id: outlet for _, report_id, outlet in rows}

    def refresh(self, there: set[int], erased: set[int]) -> set[int]:
        """Does all of it."""
        new = {r for r in there if r not in self.before}
        gone = {r for r in erased if r in self.before}
        other = {r for r in there if r in self.before and self.agencies[r] != self.before[r].agency}
        if not (new or gone or other):
            return set()
        prints = {self.ids[r]: Fingerprint(s.signature, s.sentences) for r, s in self.before.items() if r not in gone}
        self._read(new)
        prints.update({self.ids[r]: fingerprint(self.texts[self.ids[r]]) for r in sorted(new)})
        dirty = new | other | self._elsewhere(prints, new, gone)
        edges = self._edges(prints, dirty, gone)
        groups = self._groups(dirty | gone, edges, gone)
        self._read({r for group in groups for r in group})
        return self._write(groups, edges, prints, gone)

    def _read(self, reports: Iterable[int]) -> None:
        missing = [r for r in reports if self.ids[r] not in self.texts]
        self.shelves.read_reports(missing)
        for _, report in events_state.report_texts(self.shelves.case, self.connection, missing, self.shelves.cut):
            text = read_text(report)
            self.texts[report.report_id] = replace(text, report=self.shelves.reports[report.report_id])

    def _credits(self, reports: Iterable[int], agencies: Mapping[int, str | None]) -> set[str]:
        ids = {self.ids[r]: r for r in reports}
        named = {i: a for i, r in ids.items() if (a := agencies.get(r))}
        return credited_among({i: self.outlets[i] for i in ids}, named)

    def _elsewhere(self, prints: Mapping[str, Fingerprint], new: set[int], gone: set[int]) -> set[int]:
        """Reports that others' coming and going makes comparable with others, or no longer so."""
        was = self._credits(self.before, {r: s.agency for r, s in self.before.items()})
        self.credited = self._credits([self.numbers[i] for i in prints], self.agencies)
        moved = (was ^ self.credited) & prints.keys()
        left = [Fingerprint(self.before[r].signature, self.before[r].sentences) for r in gone]
        moved |= crossing(prints, [self.ids[r] for r in new], left) if self.before else set()
        return {self.numbers[i] for i in moved}

    def _edges(
        self, prints: Mapping[str, Fingerprint], dirty: Collection[int], gone: Collection[int]
    ) -> dict[int, set[int]]:
        """Who shares a text with whom, as it now is; only reports that were looked at or had copies."""
        out = set(dirty) | set(gone)
        edges: dict[int, set[int]] = defaultdict(set)
        for report, state in self.before.items():
            if state.copies and report not in out:
                edges[report] = set(state.copies) - out
        agencies = {self.ids[r]: a for r, a in self.agencies.items() if a}
        pairs = candidates(prints, {self.ids[r] for r in dirty}, self.credited)
        self._read({self.numbers[i] for pair in pairs for i in pair})
        for first, second in copies_among(pairs, self.texts.__getitem__, agencies):
            edges[self.numbers[first]].add(self.numbers[second])
            edges[self.numbers[second]].add(self.numbers[first])
        return edges

    def _groups(self, start: set[int], edges: Mapping[int, set[int]], gone: set[int]) -> list[list[int]]:
        """The groups of reports that the changed ones are or were in."""
        near: dict[int, set[int]] = defaultdict(set)
        for first, second in events_state.replaced(self.connection, None, self.shelves.cut):
            near[first].add(second)
            near[second].add(first)
        were = {self.before[r].voice for r in start if r in self.before}
        reach = (start | {r for r, s in self.before.items() if s.voice in were}) - gone
        groups, seen = [], set(gone)
        for report in sorted(reach):
            group, waiting = [], [report]
            while waiting:
                at = waiting.pop()
                if at not in seen:
                    seen.add(at)
                    group.append(at)
                    waiting += {*edges.get(at, ()), *near.get(at, ())}
            if group:
                groups.append(sorted(group))
        return groups

    def _write(
        self,
        groups: list[list[int]],
        edges: Mapping[int, set[int]],
        prints: Mapping[str, Fingerprint],
        gone: Collection[int],
    ) -> set[int]:
        agencies = {self.ids[r]: a for r, a in self.agencies.items() if a}
        moved: set[int] = set()
        states: list[ReportState] = []
        for group in groups:
            voice = make_voice([self.texts[self.ids[r]] for r in group], agencies)
            now = self._states(voice, edges, prints)
            if any(not _same(self.before.get(s.report), s) for s in now):
                moved.update(s.report for s in now)
            states += now
            self.shelves.add_voice(voice)
        merge_state.write_reports(self.connection, states)
        merge_state.delete_reports(self.connection, gone)
        return moved

    def _states(
        self, voice: Voice, edges: Mapping[int, set[int]], prints: Mapping[str, Fingerprint]
    ) -> list[ReportState]:
        copying = dict(voice.members)
        return [
            ReportState(
                report=self.numbers[i],
                agency=self.agencies.get(self.numbers[i]),
                voice=self.numbers[voice.origin],
                copying=copying.get(i),
                copies=tuple(sorted(edges.get(self.numbers[i], ()))),
                signature=prints[i].signature,
                sentences=prints[i].sentences,
            )
            for i in voice.report_ids
        ]


def _same(before: ReportState | None, now: ReportState) -> bool:
    """Whether a report has the voice that it had."""
    keys = ("voice", "copying", "agency")
    return before is not None and all(getattr(before, key) == getattr(now, key) for key in keys)
