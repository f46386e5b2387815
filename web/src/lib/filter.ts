/** The filter language (docs/reference/filters.md) as far as the controls write it: terms between white space. */

export interface Term {
  readonly text: string;
  readonly negative: boolean;
  /** Empty for words without a key. */
  readonly key: string;
  readonly op: string;
  readonly values: readonly string[];
}

const TERM = /^(-?)([a-z][a-z_.]*)(:|>=|<=|>|<|=)(.+)$/su;

/** The terms of *line*, quotation marks kept together. */
export function terms(line: string): Term[] {
  return split(line).map((text) => {
    const match = TERM.exec(text);
    if (!match) return { text, negative: text.startsWith("-"), key: "", op: "", values: [text.replace(/^-/, "")] };
    return { text, negative: match[1] === "-", key: match[2]!, op: match[3]!, values: values(match[4]!) };
  });
}

export function join(parts: readonly (string | Term)[]): string {
  return parts.map((part) => (typeof part === "string" ? part : part.text)).filter(Boolean).join(" ");
}

/** The values that *line* asks of *key* with *op*. */
export function valuesOf(line: string, key: string, op = ":"): string[] {
  return terms(line).filter((t) => t.key === key && t.op === op && !t.negative).flatMap((t) => t.values);
}

/** *line* with the term of *key* and *op* asking for *wanted* alone; none takes the term away. */
export function withValues(line: string, key: string, wanted: readonly string[], op = ":"): string {
  const kept = terms(line).filter((t) => !(t.key === key && t.op === op && !t.negative));
  const term = wanted.length ? `${key}${op}${wanted.map(quoted).join(",")}` : "";
  return join([...kept, term]);
}

/** *line* with *value* added to what it asks of *key*, or taken away where it is there. */
export function toggled(line: string, key: string, value: string, op = ":"): string {
  const now = valuesOf(line, key, op);
  const fold = value.toLowerCase();
  const has = now.some((one) => one.toLowerCase() === fold);
  return withValues(line, key, has ? now.filter((one) => one.toLowerCase() !== fold) : [...now, value], op);
}

/** *line* with the whole *term* added, or taken away where it is there. */
export function toggledTerm(line: string, term: string): string {
  const parts = split(line);
  return parts.includes(term) ? join(parts.filter((one) => one !== term)) : join([...parts, term]);
}

export function quoted(value: string): string {
  return /^[^\s",]+$/u.test(value) ? value : `"${value.replaceAll('"', "")}"`;
}

function split(line: string): string[] {
  return line.match(/(?:[^\s"]|"[^"]*"?)+/gu) ?? [];
}

function values(given: string): string[] {
  const parts = given.match(/(?:[^,"]|"[^"]*"?)+/gu) ?? [];
  return parts.map((part) => part.replaceAll('"', ""));
}
