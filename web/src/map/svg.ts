/** The map in view as SVG: what MapLibre draws, drawn once more by the same data, colours and measures. */
import type { Position } from "geojson";
import { escaped, type Drawn } from "../lib/picture";
import type { Canvas } from "./canvas";
import { circle, countries, inView, outlines, provincesOf, shaded, sized, type Outline, type Shapes } from "./data";

type At = (p: Position) => readonly [number, number];

/** Countries, provinces (shaded by count), circles of precision, marks with their counts, names and scale. */
export async function mapMarks(canvas: Canvas): Promise<Drawn> {
  const box = canvas.map.getContainer();
  const [width, height] = [box.clientWidth, box.clientHeight];
  const at: At = (p) => {
    const { x, y } = canvas.map.project([p[0]!, p[1]!]);
    return [Math.round(x * 10) / 10, Math.round(y * 10) / 10] as const;
  };
  const c = canvas.colours();
  const zoom = canvas.map.getZoom();
  const { points, shades } = canvas.shown();
  const seen = inView(await outlines(), canvas.view());
  const land = within((await countries()).features, canvas);
  const parts = within(await provincesOf(seen.map(({ iso }) => iso)), canvas);
  const clip = (inner: string) => `<svg width="${width}" height="${height}" overflow="hidden">${inner}</svg>`;
  const layers = [
    `<rect width="${width}" height="${height}" fill="${c.water}"/>`,
    ...land.map((one) => `<path d="${outline(one.geometry, at)}" fill="${c.land}"/>`),
    ...shaded(parts, shades).map((one) => `<path d="${outline(one.geometry, at)}" fill="${c.accent}" fill-opacity="${strength(one.properties.share, zoom).toFixed(3)}"/>`),
    ...(zoom >= 3.5 ? parts.map((one) => `<path d="${outline(one.geometry, at)}" fill="none" stroke="${c.border}" stroke-width=".6" stroke-dasharray="3 2"/>`) : []),
    ...land.map((one) => `<path d="${outline(one.geometry, at)}" fill="none" stroke="${c.border}" stroke-width="${Math.min(1.4, 0.5 + (Math.max(1, zoom) - 1) * 0.18).toFixed(2)}"/>`),
    ...(zoom >= 2.2 && zoom < 8 ? names(seen, at, zoom, c.quiet, c.land, width, height) : []),
  ];
  for (const p of points) {
    const [x, y] = at([p.lon, p.lat]);
    if (x < -80 || x > width + 80 || y < -80 || y > height + 80) continue;
    const ink = p.disputed ? c.loud : c.accent;
    if (p.count === 1 && p.radius_m) layers.push(`<path d="${ring(circle(p.lon, p.lat, p.radius_m).coordinates[0]!, at)}" fill="${ink}" fill-opacity=".16" stroke="${ink}" stroke-dasharray="2 2"/>`);
    layers.push(`<circle cx="${x}" cy="${y}" r="${(p.count > 1 ? sized(p.count) : 6).toFixed(1)}" fill="${ink}" stroke="${c.card}" stroke-width="1.5"/>`);
    if (p.count > 1) layers.push(`<text x="${x}" y="${y + 4}" text-anchor="middle" font-size="12" fill="${c.card}">${p.count}</text>`);
    else if (zoom >= 5 && p.label) layers.push(`<text x="${x}" y="${y + 20}" ${haloed(c.land)} fill="${c.ink}">${escaped(p.label)}</text>`);
  }
  return { inner: clip(layers.join("") + scale(canvas, height, c.ink, c.card)), width, height };
}

/** What lies over the map in its box and is no part of its canvas: the scale. */
export function mapOverlay(canvas: Canvas): Drawn {
  const box = canvas.map.getContainer();
  const c = canvas.colours();
  return { inner: scale(canvas, box.clientHeight, c.ink, c.card), width: box.clientWidth, height: box.clientHeight };
}

/** A bar as long as a round number of metres or kilometres, at the bottom on the left. */
function scale(canvas: Canvas, height: number, ink: string, paper: string): string {
  const { map } = canvas;
  const y = height / 2;
  const metres = map.unproject([0, y]).distanceTo(map.unproject([100, y]));
  const power = 10 ** Math.floor(Math.log10(metres));
  const round = power * ([5, 3, 2].find((n) => metres / power >= n) ?? 1);
  const wide = (100 * round) / metres;
  const words = round >= 1000 ? `${round / 1000} km` : `${round} m`;
  return `<g><rect x="10" y="${height - 28}" width="${wide.toFixed(1)}" height="18" fill="${paper}" fill-opacity=".8"/><path d="M10 ${height - 16}v6h${wide.toFixed(1)}v-6" fill="none" stroke="${ink}" stroke-width="2"/><text x="14" y="${height - 15}" font-size="10" fill="${ink}">${words}</text></g>`;
}

/** As strong as the map's own layer shades at *zoom*: by share up to zoom 5, fading to a tint at 9. */
function strength(share: number, zoom: number): number {
  const full = 0.1 + 0.32 * share;
  return full + (0.07 - full) * Math.min(1, Math.max(0, (zoom - 5) / 4));
}

function names(land: readonly Outline[], at: At, zoom: number, ink: string, halo: string, width: number, height: number): string[] {
  const taken: [number, number][] = [];
  return land.toSorted((a, b) => b.size - a.size).flatMap(({ name, at: where, size }) => {
    const [x, y] = at(where);
    if (size <= 900 / 4 ** zoom || x < 30 || x > width - 30 || y < 12 || y > height - 12) return [];
    if (taken.some(([a, b]) => Math.abs(a - x) < 70 && Math.abs(b - y) < 16)) return [];
    taken.push([x, y]);
    return [`<text x="${x}" y="${y}" ${haloed(halo)} fill="${ink}">${escaped(name)}</text>`];
  });
}

const haloed = (halo: string) => `text-anchor="middle" paint-order="stroke" stroke="${halo}" stroke-width="2.8" stroke-linejoin="round"`;

/** The shapes of which a part is in view. */
function within<P>(all: Shapes<P>["features"], canvas: Canvas): Shapes<P>["features"] {
  const view = canvas.view();
  const touches = (rings: Position[][]) => {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [x, y] of rings[0]! as [number, number][]) {
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < south) south = y;
      if (y > north) north = y;
    }
    return west <= view.east && east >= view.west && south <= view.north && north >= view.south;
  };
  return all.filter(({ geometry }) => (geometry.type === "Polygon" ? touches(geometry.coordinates) : geometry.coordinates.some(touches)));
}

const outline = (geometry: Shapes<unknown>["features"][number]["geometry"], at: At): string =>
  (geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat()).map((one) => ring(one, at)).join("");

/** A ring as a path, without points that would fall on the one before. */
function ring(all: Position[], at: At): string {
  let last: readonly [number, number] = [Infinity, Infinity];
  const kept: string[] = [];
  for (const one of all) {
    const next = at(one);
    if (Math.abs(next[0] - last[0]) + Math.abs(next[1] - last[1]) < 0.5) continue;
    last = next;
    kept.push(`${next[0]} ${next[1]}`);
  }
  return kept.length > 2 ? `M${kept.join("L")}Z` : "";
}
