import type { FeatureCollection, MultiPolygon, Polygon } from "geojson";
import { feature } from "topojson-client";
import { RADIUS } from "../lib/sphere";
import type { GeometryCollection, Topology } from "topojson-specification";

export interface Province { gn?: number; iso: string; name?: string }
export interface Point { id: string; lat: number; lon: number; count: number; label: string; radius_m: number | null; event: string | null; disputed?: boolean; chosen?: boolean }
export interface Shade { country: string | null; admin1: string | null; lat: number | null; lon: number | null; count: number }
export interface Country { iso: string; name: string }
/** A country with where its name may stand, its size in square degrees, and the boxes (west, south, east, north) of its parts. */
export interface Outline extends Country { at: [number, number]; size: number; boxes: [number, number, number, number][] }
export type Shapes<P> = FeatureCollection<Polygon | MultiPolygon, P>;

const known = new Map<string, Promise<unknown>>();

/** A file of the map that ships with the workbench, read once. */
function read<T>(name: string): Promise<T> {
  let found = known.get(name);
  if (!found) {
    found = fetch(`/map/${name}.json`).then((answer) => {
      if (!answer.ok) throw new Error(`the map's ${name} could not be read (${answer.status})`);
      return answer.json();
    });
    found.catch(() => known.delete(name));
    known.set(name, found);
  }
  return found as Promise<T>;
}

/** Where the map's own worker reads the countries from: they are not needed on the page itself. */
export const COUNTRIES = new URL("/map/countries.json", location.href).href;
export const countries = () => read<Shapes<Country>>("countries");
export const outlines = () => read<Outline[]>("names");

const unpacked = new Map<string, Shapes<Province>["features"]>();

/** The provinces of the countries that are named; what has none, or is no country, is left out. */
export async function provincesOf(isos: Iterable<string>): Promise<Shapes<Province>["features"]> {
  const there = new Set((await outlines()).map((one) => one.iso));
  const parts = [...new Set(isos)].filter((iso) => there.has(iso)).map(async (iso) => {
    const topology = await read<Topology>(`provinces/${iso}`);
    let found = unpacked.get(iso);
    if (!found) unpacked.set(iso, (found = (feature(topology, topology.objects.provinces as GeometryCollection<never>) as Shapes<Province>).features));
    return found;
  });
  return (await Promise.all(parts)).flat();
}

/** The countries of which a part is in *view*. */
export function inView(all: readonly Outline[], view: { west: number; south: number; east: number; north: number }): Outline[] {
  return all.filter(({ boxes }) => boxes.some(([west, south, east, north]) => west <= view.east && east >= view.west && south <= view.north && north >= view.south));
}

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
