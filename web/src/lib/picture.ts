/** Pictures of what is in view, each saying inside, and beneath what it shows, what it was drawn from. */
import { isolated } from "./bidi";
import { moment } from "./dates";

/** What a picture says of itself. */
export interface About {
  readonly what: string;
  readonly filter: string;
  /** The day or moment that was asked for; null for now. */
  readonly asOf: string | null;
  readonly aggregation: string | null;
  readonly version: string;
  readonly caseName: string;
  /** When it was drawn, ISO 8601 in UTC. */
  readonly made: string;
  /** Path and parameters of the page that shows the same. */
  readonly page: string;
  readonly notes?: readonly string[];
}
/** Drawn marks as SVG, without an element around them. */
export interface Drawn { readonly inner: string; readonly width: number; readonly height: number }
export interface Inks { readonly paper: string; readonly ink: string; readonly quiet: string }

const SIZE = 11;
const LINE = 15;
const PAD = 10;

/** The lines of a caption: what is shown, as known when, with which values, by which program. */
export function caption(about: About): string[] {
  const known = about.asOf ? (about.asOf.length > 10 ? moment(about.asOf) : `${about.asOf}, end of day UTC`) : `${moment(about.made)} (now)`;
  return [
    `${about.what}; filter: ${isolated(about.filter || "none")}`,
    `as known on ${known}${about.aggregation ? `; values: ${about.aggregation}` : ""}; case ${isolated(about.caseName)}`,
    ...(about.notes ?? []),
    `onrecord ${about.version}, drawn ${moment(about.made)}`,
  ];
}

/** *text* in lines no wider than *room*, by *measure*; a word that is wider alone is broken. */
export function wrapped(text: string, room: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (measure(longer) <= room) line = longer;
    else {
      if (line) lines.push(line);
      line = "";
      for (const sign of word) {
        if (line && measure(line + sign) > room) {
          lines.push(line);
          line = "";
        }
        line += sign;
      }
    }
  }
  if (line) lines.push(line);
  return lines;
}

/** The picture as an SVG of its own: *drawn* above, the caption printed beneath, and the same as description and data. */
export function framed(drawn: Drawn, about: About, inks: Inks, measure: (text: string) => number): { text: string; width: number; height: number } {
  const width = Math.ceil(drawn.width);
  const lines = caption(about).flatMap((line) => wrapped(line, width - 2 * PAD, measure));
  const top = Math.ceil(drawn.height);
  const height = top + lines.length * LINE + 2 * PAD;
  const data = Object.entries({ version: about.version, case: about.caseName, filter: about.filter, "as-of": about.asOf ?? about.made, values: about.aggregation ?? "", made: about.made, page: about.page });
  const text =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:onrecord="urn:onrecord:picture" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="${SIZE}">` +
    `<title>${escaped(about.what)}</title><desc>${escaped(caption(about).join("\n"))}</desc>` +
    `<metadata><onrecord:picture ${data.map(([key, value]) => `${key}="${escaped(value)}"`).join(" ")}/></metadata>` +
    `<rect y="${top}" width="${width}" height="${height - top}" fill="${inks.paper}"/>${drawn.inner}` +
    lines.map((line, i) => `<text x="${PAD}" y="${top + PAD + (i + 1) * LINE - 4}" fill="${i ? inks.quiet : inks.ink}" xml:space="preserve">${escaped(line)}</text>`).join("") +
    "</svg>";
  return { text, width, height };
}

export const escaped = (text: string) => text.replace(/[&<>"'\u0000-\u0008\u000b\u000c\u000e-\u001f]/gu, (c) => (c < " " ? "" : `&#${c.codePointAt(0)};`));

/** What a PNG says of itself, by the keywords that its specification names. */
export function pngWords(about: About): [string, string][] {
  return [
    ["Title", about.what],
    ["Description", caption(about).join("\n")],
    ["Software", `onrecord ${about.version}`],
    ["Creation Time", about.made],
    ["onrecord", JSON.stringify({ ...about, asOf: about.asOf ?? about.made })],
  ];
}

/** *png* with *words* as iTXt chunks (UTF-8) after its header; throws where it is no PNG. */
export function withWords(png: Uint8Array, words: readonly (readonly [string, string])[]): Uint8Array<ArrayBuffer> {
  const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
  if (SIGNATURE.some((byte, i) => png[i] !== byte)) throw new Error("not a PNG: its signature is missing");
  const header = 8 + 12 + new DataView(png.buffer, png.byteOffset).getUint32(8);
  const chunks = words.map(([keyword, text]) => chunk("iTXt", new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`)));
  const found = new Uint8Array(png.length + chunks.reduce((n, one) => n + one.length, 0));
  found.set(png.subarray(0, header));
  let at = header;
  for (const one of chunks) {
    found.set(one, at);
    at += one.length;
  }
  found.set(png.subarray(header), at);
  return found;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const found = new Uint8Array(12 + data.length);
  const view = new DataView(found.buffer);
  view.setUint32(0, data.length);
  found.set(new TextEncoder().encode(type), 4);
  found.set(data, 8);
  view.setUint32(8 + data.length, crc(found.subarray(4, 8 + data.length)));
  return found;
}

/** The cyclic redundancy check of ISO 3309, as PNG asks for it. */
export function crc(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}
