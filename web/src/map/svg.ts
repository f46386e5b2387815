import type { Position } from "geojson";
import type { Canvas, Point } from "./canvas";
import { circle, countries } from "./data";

const HEAD = 'xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" font-size="11"';

/** The map in view as an SVG of its own: borders, circles of precision, marks with their counts, and *about* as its description. */
export async function mapSvg(canvas: Canvas, points: readonly Point[], about: string): Promise<string> {
  const box = canvas.map.getContainer();
  const [width, height] = [box.clientWidth, box.clientHeight];
  const at = (p: Position) => {
    const { x, y } = canvas.map.project([p[0]!, p[1]!]);
    return [Math.round(x * 10) / 10, Math.round(y * 10) / 10] as const;
  };
  const line = (ring: Position[]) => `M${ring.map((p) => at(p).join(" ")).join("L")}Z`;
  const land = (await countries()).features.flatMap(({ geometry }) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates));
  const seen = land.filter((rings) => rings[0]!.some((p) => inside(at(p), width, height)));
  const drawn = seen.map((rings) => `<path d="${rings.map(line).join("")}" fill="#f4f2ea" stroke="#b7b2a3"/>`);
  const marks = points.flatMap((p) => {
    const [x, y] = at([p.lon, p.lat]);
    if (!inside([x, y], width, height)) return [];
    const ring = p.count === 1 && p.radius_m ? `<path d="${line(circle(p.lon, p.lat, p.radius_m).coordinates[0]!)}" fill="#0b5876" fill-opacity=".15" stroke="#0b5876" stroke-dasharray="3 2"/>` : "";
    const size = p.count > 1 ? 9 + 5 * Math.log2(p.count) : 5;
    const words = p.count > 1 ? `<text x="${x}" y="${y + 4}" text-anchor="middle" fill="#fff">${p.count}</text>` : `<text x="${x}" y="${y + 18}" text-anchor="middle">${escaped(p.label)}</text>`;
    return [`${ring}<circle cx="${x}" cy="${y}" r="${size.toFixed(1)}" fill="${p.disputed ? "#9d2b12" : "#0b5876"}" stroke="#fff"/>${words}`];
  });
  return `<svg ${HEAD} width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><desc>${escaped(about)}</desc><rect width="100%" height="100%" fill="#dfe7ea"/>${drawn.join("")}${marks.join("")}</svg>`;
}

export const escaped = (text: string) => text.replace(/[&<>"']/gu, (c) => `&#${c.codePointAt(0)};`);

function inside([x, y]: readonly [number, number], width: number, height: number): boolean {
  return x > -width && x < 2 * width && y > -height && y < 2 * height;
}
