/** A half-open stretch of a report's text, in Unicode code points. */
export type Span = readonly [start: number, end: number];

/**
 * One text, addressed by code points as the case does, while the browser counts UTF-16 units.
 * Characters outside the basic plane (emoji, many scripts, rare Han) take two units and one point.
 */
export class Points {
  readonly length: number;
  readonly #wide: readonly number[]; // points whose character takes two units, ascending

  constructor(readonly text: string) {
    const wide: number[] = [];
    let point = 0;
    for (let unit = 0; unit < text.length; point += 1) {
      const high = text.codePointAt(unit)! > 0xffff;
      if (high) wide.push(point);
      unit += high ? 2 : 1;
    }
    this.#wide = wide;
    this.length = point;
  }

  /** The UTF-16 index at which the character at *point* begins; the text's length at its end. */
  unit(point: number): number {
    const at = Math.min(Math.max(point, 0), this.length);
    return at + below(this.#wide, at);
  }

  /** The point of the character that holds UTF-16 index *unit*; inside a pair, `end` gives the next one. */
  point(unit: number, side: "start" | "end" = "start"): number {
    const at = Math.min(Math.max(unit, 0), this.text.length);
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.unit(middle) <= at) low = middle;
      else high = middle - 1;
    }
    return this.unit(low) < at && side === "end" ? low + 1 : low;
  }

  slice([start, end]: Span): string {
    return this.text.slice(this.unit(start), this.unit(end));
  }

  /** *span* without white space at its ends; a span of white space alone becomes empty. */
  trim([start, end]: Span): Span {
    const words = this.slice([start, end]);
    const lead = words.length - words.trimStart().length;
    const kept = words.trim();
    const from = this.point(this.unit(start) + lead);
    return [from, this.point(this.unit(from) + kept.length, "end")];
  }

  /** The words of the text, in order, as spans. */
  words(): Span[] {
    const found: Span[] = [];
    const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
    let point = 0;
    for (const { segment, isWordLike } of segmenter.segment(this.text)) {
      const size = count(segment);
      if (isWordLike) found.push([point, point + size]);
      point += size;
    }
    return found;
  }
}

/** How many code points *text* has. */
export function count(text: string): number {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}

/** How many of the ascending *numbers* are less than *limit*. */
function below(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function overlap(one: Span, other: Span): boolean {
  return one[0] < other[1] && other[0] < one[1];
}
