import type { Feature, FeatureCollection, MultiPolygon, Polygon } from "geojson";
import { feature } from "topojson-client";
import { RADIUS } from "../lib/sphere";
import type { GeometryCollection, Topology } from "topojson-specification";

export interface Province { gn?: number; iso: string; name?: string }
export interface Point { id: string; lat: number; lon: number; count: number; label: string; radius_m: number | null; event: string | null; disputed?: boolean; chosen?: boolean }
export interface Shade { country: string | null; admin1: string | null; lat: number | null; lon: number | null; count: number }
export interface Country { iso: string; name: string }
export type Shapes<P> = FeatureCollection<Polygon | MultiPolygon, P>;

const known = new Map<string, Promise<Shapes<never>>>();

/** Borders that ship with the workbench, read once. */
function shapes<P>(name: string): Promise<Shapes<P>> {
  let found = known.get(name);
  if (!found) {
    found = fetch(`/map/${name}.json`)
      .then((answer) => {
        if (!answer.ok) throw new Error(`the map's ${name} could not be read (${answer.status})`);
        return answer.json() as Promise<Topology>;
      })
      .then((topology) => feature(topology, topology.objects[name] as GeometryCollection<never>) as Shapes<never>);
    found.catch(() => known.delete(name));
    known.set(name, found);
  }
  return found as unknown as Promise<Shapes<P>>;
}

export const countries = () => shapes<Country>("countries");
export const provinces = () => shapes<Province>("provinces");

/** A circle of *metres* about a point, as a polygon on the sphere. */
export function circle(lon: number, lat: number, metres: number, corners = 64): Polygon {
  const angle = metres / RADIUS;
  const φ = (lat * Math.PI) / 180;
  const λ = (lon * Math.PI) / 180;
  const ring = Array.from({ length: corners + 1 }, (_, i): [number, number] => {
    const bearing = (2 * Math.PI * (i % corners)) / corners;
    const north = Math.asin(Math.sin(φ) * Math.cos(angle) + Math.cos(φ) * Math.sin(angle) * Math.cos(bearing));
    const east = λ + Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(φ), Math.cos(angle) - Math.sin(φ) * Math.sin(north));
    return [(east * 180) / Math.PI, (north * 180) / Math.PI];
  });
  return { type: "Polygon", coordinates: [ring] };
}

/** Where a label of a shape may stand: the middle of its largest ring's box, and that box in square degrees. */
export function middle(shape: Feature<Polygon | MultiPolygon>): { at: [number, number]; size: number } {
  const rings = shape.geometry.type === "Polygon" ? [shape.geometry.coordinates[0]!] : shape.geometry.coordinates.map((part) => part[0]!);
  let best: [number, number] = [0, 0];
  let size = -1;
  for (const ring of rings) {
    const xs = ring.map((p) => p[0]!);
    const ys = ring.map((p) => p[1]!);
    const [west, east, south, north] = [min(xs), -min(xs.map((x) => -x)), min(ys), -min(ys.map((y) => -y))];
    const area = (east - west) * (north - south);
    if (area > size) {
      size = area;
      best = [(west + east) / 2, (south + north) / 2];
    }
  }
  return { at: best, size };
}

const min = (numbers: number[]) => numbers.reduce((a, b) => (a < b ? a : b), Infinity);

/** The radius of a mark of *count* events, in pixels. */
export const sized = (count: number) => 9 + 5 * Math.log2(count);

/** Those of *all* provinces that have events, each with its share of the most that one has. */
export function shaded<P extends Province>(all: Shapes<P>["features"], shades: readonly Shade[]): Shapes<P & { share: number }>["features"] {
  const most = shades.reduce((n, s) => Math.max(n, s.count), 1);
  const by = new Map(shades.map((s) => [`${s.country}/${fold(s.admin1)}`, s.count / most]));
  return all.flatMap((one) => {
    const share = by.get(`${one.properties.iso}/${fold(one.properties.name)}`);
    return share ? [{ ...one, properties: { ...one.properties, share } }] : [];
  });
}

/** Names of divisions without case, accents and the words for a kind of division. */
export function fold(name: string | null | undefined): string {
  return (name ?? "")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f‘’'ʿʾ`-]/gu, "")
    .toLowerCase()
    .replace(/\b(governorate|province|oblast|muhafazat|state|region|city|al|as|ash|el|ar|ad|az)\b/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "");
}
