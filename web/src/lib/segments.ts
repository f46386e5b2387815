import type { Span } from "./spans";

/** What a stretch of text is to a claim or an attribution. */
export type Role =
  | "clause" | "trigger" | "actor" | "recipient" | "object" | "instrument" | "place" | "time" | "figure"
  | "of" | "share" | "source" | "cue" | "channel" | "agency" | "caveat" | "content";

export interface Mark {
  readonly span: Span;
  readonly role: Role;
  /** The claims that rest on it; none for the layers of the report itself. */
  readonly claims: readonly string[];
}

/** A stretch within which no mark begins or ends. */
export interface Segment {
  readonly span: Span;
  readonly marks: readonly Mark[];
}

export interface Bracket {
  readonly at: number;
  readonly side: "open" | "close";
  /** 1 outermost. */
  readonly depth: number;
  /** Number of the attribution, from 0. */
  readonly of: number;
}

/** Cuts a text of *length* points at every end of a mark and at every further *cut*. */
export function segments(length: number, marks: readonly Mark[], cuts: Iterable<number> = []): Segment[] {
  const at = new Set<number>([0, length]);
  for (const { span } of marks) for (const end of span) at.add(end);
  for (const cut of cuts) at.add(cut);
  const points = [...at].filter((p) => p >= 0 && p <= length).sort((a, b) => a - b);
  const starts = [...marks].filter(({ span }) => span[1] > span[0]).sort((a, b) => a.span[0] - b.span[0]);
  const found: Segment[] = [];
  let open: Mark[] = [];
  let next = 0;
  for (let i = 0; i + 1 < points.length; i += 1) {
    const span: Span = [points[i]!, points[i + 1]!];
    open = open.filter((mark) => mark.span[1] > span[0]);
    while (next < starts.length && starts[next]!.span[0] <= span[0]) open.push(starts[next++]!);
    found.push({ span, marks: open.filter((mark) => mark.span[1] >= span[1]) });
  }
  return found;
}

/**
 * The brackets to draw around what is attributed: each content's ends, with how deep it lies.
 * At one point closing comes before opening, inner closes before outer, outer opens before inner.
 */
export function brackets(contents: readonly (readonly Span[])[]): Bracket[] {
  const flat = contents.flatMap((spans, of) => spans.map((span) => ({ span, of })));
  const depth = (one: { span: Span; of: number }) =>
    1 +
    new Set(
      flat
        .filter((other) => other.of !== one.of && holds(other.span, one.span) && (!same(other.span, one.span) || other.of < one.of))
        .map((other) => other.of),
    ).size;
  const found = flat
    .filter(({ span }) => span[1] > span[0])
    .flatMap((one): Bracket[] => {
      const level = depth(one);
      return [
        { at: one.span[0], side: "open", depth: level, of: one.of },
        { at: one.span[1], side: "close", depth: level, of: one.of },
      ];
    });
  return found.sort(
    (a, b) => a.at - b.at || order(a.side) - order(b.side) || (a.side === "open" ? a.depth - b.depth : b.depth - a.depth),
  );
}

const order = (side: Bracket["side"]) => (side === "close" ? 0 : 1);
const holds = (outer: Span, inner: Span) => outer[0] <= inner[0] && inner[1] <= outer[1];
const same = (one: Span, other: Span) => one[0] === other[0] && one[1] === other[1];
