/** Files that the page makes: pictures of what is drawn, handed to the browser's own download. */
import { session } from "../state/session.svelte";
import { fresh } from "../state/fresh.svelte";
import { here } from "../state/here.svelte";
import { framed, pngWords, withWords, type About, type Drawn, type Inks } from "./picture";

export function save(name: string, data: Blob | string, type = "text/plain"): void {
  const address = URL.createObjectURL(typeof data === "string" ? new Blob([data], { type }) : data);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** What a picture of *what*, drawn now on this page, says of itself. */
export function about(what: string, filter: string, aggregation: string | null, notes: readonly string[] = []): About {
  const now = session.state;
  const { lag } = fresh;
  if (lag && aggregation) notes = [...notes, `events merged up to entry ${lag.merged} of ${lag.newest}`];
  return { what, filter, aggregation, notes, asOf: here.asOf, version: now?.version ?? "", caseName: String(now?.case.name ?? ""), made: `${new Date().toISOString().slice(0, 19)}Z`, page: location.pathname + location.search };
}

/** Saves *drawn* as SVG under a name that begins with *name*. */
export function saveSvg(name: string, drawn: Drawn, said: About): void {
  save(fileName(name, "svg", said), framed(drawn, said, inks(), measure).text, "image/svg+xml");
}

/** Saves *drawn* as PNG, over *under* where that is given (a canvas as large as it, in any density). */
export async function savePng(name: string, drawn: Drawn, said: About, under?: HTMLCanvasElement): Promise<void> {
  const picture = framed(drawn, said, inks(), measure);
  const density = under ? under.width / drawn.width : Math.max(2, devicePixelRatio);
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = [Math.round(picture.width * density), Math.round(picture.height * density)];
  const pen = sheet.getContext("2d")!;
  pen.fillStyle = inks().paper;
  pen.fillRect(0, 0, sheet.width, sheet.height);
  // At once, as a canvas of WebGL holds its picture only until the next frame.
  if (under) pen.drawImage(under, 0, 0);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.text)}`;
  await image.decode();
  pen.drawImage(image, 0, 0, sheet.width, sheet.height);
  const blob = await new Promise<Blob | null>((done) => sheet.toBlob(done, "image/png"));
  if (!blob) throw new Error("the picture could not be drawn");
  const bytes = withWords(new Uint8Array(await blob.arrayBuffer()), pngWords(said));
  save(fileName(name, "png", said), new Blob([bytes], { type: "image/png" }));
}

/** An SVG of the page as marks of their own: what its style sheets say is written into them. */
export function marksOfPlot(svg: SVGSVGElement): Drawn {
  const { width, height } = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  written(svg, copy, null);
  for (const [name, value] of Object.entries({ x: "0", y: "0", width: String(width), height: String(height), overflow: "visible" })) copy.setAttribute(name, value);
  copy.querySelectorAll("title").forEach((title) => title.remove());
  const below = `<rect width="${width}" height="${height}" fill="${inks().paper}"/>`;
  return { inner: below + new XMLSerializer().serializeToString(copy), width, height };
}

const INHERITED = ["color", "fill", "stroke", "stroke-width", "stroke-dasharray", "fill-opacity", "stroke-opacity", "font-size", "font-weight", "font-style", "text-anchor", "paint-order", "visibility", "font-variant-numeric"];
const OWN: Record<string, string> = { opacity: "1", display: "inline" };

/** Writes the styles that *from* is shown with as attributes of its copy *to*. */
function written(from: Element, to: Element, above: CSSStyleDeclaration | null): void {
  const style = getComputedStyle(from);
  for (const name of INHERITED) {
    const value = style.getPropertyValue(name);
    if ((!above || above.getPropertyValue(name) !== value) && !value.includes("url(")) to.setAttribute(name, value);
    else if (to.getAttribute(name)?.includes("var(")) to.removeAttribute(name);
  }
  for (const [name, usual] of Object.entries(OWN)) if (style.getPropertyValue(name) !== usual && from.nodeName !== "svg") to.setAttribute(name, style.getPropertyValue(name));
  if (!above) to.setAttribute("font-family", "sans-serif");
  for (const name of ["class", "style", "aria-label", "role", "tabindex"]) to.removeAttribute(name);
  [...from.children].forEach((child, i) => written(child, to.children[i]!, style));
}

function inks(): Inks {
  const read = getComputedStyle(document.documentElement);
  const [paper, ink, quiet] = ["--card", "--ink", "--quiet"].map((name) => read.getPropertyValue(name).trim()) as [string, string, string];
  return { paper, ink, quiet };
}

let pen: CanvasRenderingContext2D | null = null;
function measure(text: string): number {
  pen ??= document.createElement("canvas").getContext("2d")!;
  pen.font = "11px sans-serif";
  return pen.measureText(text).width;
}

const fileName = (name: string, form: string, said: About) => `onrecord-${name}-${(said.asOf ?? said.made).slice(0, 10)}.${form}`;
