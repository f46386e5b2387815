/** The only file that knows MapLibre. */
import "maplibre-gl/dist/maplibre-gl.css";
import type { FeatureCollection } from "geojson";
import * as maplibregl from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { circle, COUNTRIES, inView, outlines, provincesOf, shaded, sized, type Point, type Shade } from "./data";

interface Policies { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown } }

/** Where the browser knows of trusted script addresses, the map's own worker is the one that this page trusts. */
function trustWorker(address: string): void {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  if (!trustedTypes) return;
  const only = (url: string) => {
    if (new URL(url, location.href).href !== new URL(address, location.href).href) throw new TypeError(`not the map's own worker: ${url}`);
    return url;
  };
  const policy = trustedTypes.createPolicy("onrecord-map", { createScriptURL: only });
  // MapLibre makes its worker itself, from a plain string.
  globalThis.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(policy.createScriptURL(String(url)) as string, options);
    }
  };
}

maplibregl.setWorkerUrl(worker);
trustWorker(worker);

export type { Point, Shade } from "./data";
export interface View { west: number; south: number; east: number; north: number; zoom: number }

export interface Told {
  moved(view: View, byHand: boolean): void;
  point(point: Point): void;
  province(found: { name: string; iso: string }): void;
  /** Any spot of the map, clicked. */
  spot(at: { lat: number; lon: number }): void;
}

const NONE: FeatureCollection = { type: "FeatureCollection", features: [] };
type Colours = Record<"water" | "land" | "border" | "ink" | "quiet" | "accent" | "loud" | "card" | "line", string>;

/** A map of what is in view: countries, provinces shaded by count, clusters, and circles as wide as a place is imprecise. */
export class Canvas {
  readonly map: maplibregl.Map;
  #points: Point[] = [];
  #shades: Shade[] = [];
  #ready: Promise<void>;
  #still: boolean;
  #divided = new Set<string>();
  #closed = false;

  constructor(container: HTMLElement, private readonly told: Told, label: string, bounds: [number, number, number, number] | null) {
    this.#still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = new maplibregl.Map({
      container,
      style: style(colours(container)),
      bounds: bounds ?? [-25, -35, 75, 62],
      fitBoundsOptions: { padding: 36, maxZoom: 8 },
      maxZoom: 13,
      minZoom: 0.5,
      dragRotate: false,
      pitchWithRotate: false,
      attributionControl: false,
      renderWorldCopies: true,
      canvasContextAttributes: { preserveDrawingBuffer: true }, // or paper shows an empty map
      locale: { "Map.Title": label },
      fadeDuration: this.#still ? 0 : 150,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new maplibregl.ScaleControl({ unit: "metric" }), "bottom-left");
    this.#ready = this.map.loaded() ? Promise.resolve() : new Promise((done) => void this.map.once("load", () => done()));
    void this.#ready.then(() => this.#begin());
  }

  async #begin(): Promise<void> {
    this.map.on("moveend", (event) => this.told.moved(this.view(), Boolean(event.originalEvent)));
    for (const layer of ["points", "dots"]) {
      this.map.on("click", layer, (event) => this.#clicked(event));
      this.map.on("mouseenter", layer, () => (this.map.getCanvas().style.cursor = "pointer"));
      this.map.on("mouseleave", layer, () => (this.map.getCanvas().style.cursor = ""));
    }
    this.map.on("click", ({ lngLat }) => this.told.spot({ lat: lngLat.lat, lon: lngLat.wrap().lng }));
    this.map.on("click", "shades", (event) => {
      if (this.map.queryRenderedFeatures(event.point, { layers: ["points", "dots"] }).length) return;
      const found = event.features?.[0]?.properties as { name?: string; iso: string } | undefined;
      if (found?.name) this.told.province({ name: found.name, iso: found.iso });
    });
    this.told.moved(this.view(), false);
    this.map.on("moveend", () => void this.#divide());
    const land = await outlines();
    this.#set("names", {
      type: "FeatureCollection",
      features: land.map(({ name, size, at }) => ({ type: "Feature", properties: { name, size }, geometry: { type: "Point", coordinates: at } })),
    });
    await this.#divide();
    this.map.once("idle", () => (this.map.getContainer().dataset.drawn = "whole"));
  }

  /** Draws the provinces of the countries that are looked at closely or have events; those of all are never needed. */
  async #divide(): Promise<void> {
    const wanted = new Set(this.#shades.flatMap((s) => s.country ?? []));
    if (this.map.getZoom() > 3.2) for (const { iso } of inView(await outlines(), this.view())) wanted.add(iso);
    const found = await provincesOf(wanted);
    if (this.#closed) return;
    if ([...wanted].some((iso) => !this.#divided.has(iso))) {
      for (const iso of wanted) this.#divided.add(iso);
      this.#set("provinces", { type: "FeatureCollection", features: await provincesOf(this.#divided) });
    }
    this.#set("shades", { type: "FeatureCollection", features: shaded(found, this.#shades) });
  }

  #clicked(event: maplibregl.MapLayerMouseEvent): void {
    const id = event.features?.[0]?.properties.id as string | undefined;
    const point = this.#points.find((one) => one.id === id);
    if (point) this.told.point(point);
  }

  view(): View {
    const box = this.map.getBounds();
    return { west: Math.max(-180, box.getWest()), south: box.getSouth(), east: Math.min(180, box.getEast()), north: box.getNorth(), zoom: this.map.getZoom() };
  }

  show(points: Point[], shades: Shade[]): void {
    this.#points = points;
    this.#shades = shades;
    void this.#ready.then(() => this.#draw());
  }

  fit(box: [number, number, number, number]): void {
    this.map.fitBounds(box, { padding: 40, maxZoom: 7.5, animate: !this.#still });
  }

  zoomTo(point: Point): void {
    this.map.easeTo({ center: [point.lon, point.lat], zoom: Math.min(this.map.getZoom() + 2.5, 11), animate: !this.#still });
  }

  /** Takes the page's colours anew, after light turned to dark. */
  recolour(): void {
    const found = colours(this.map.getContainer());
    for (const layer of style(found).layers) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) this.map.setPaintProperty(layer.id, name as never, value as never);
    }
    this.#draw();
  }

  /** What is shown on it now. */
  shown(): { points: readonly Point[]; shades: readonly Shade[] } {
    return { points: this.#points, shades: this.#shades };
  }

  colours(): Colours {
    return colours(this.map.getContainer());
  }

  /** The canvas, freshly drawn: its picture must be taken at once. */
  drawn(): HTMLCanvasElement {
    this.map.redraw();
    return this.map.getCanvas();
  }

  #draw(): void {
    const rings = this.#points.filter((p) => (p.radius_m ?? 0) > 0 && p.count === 1);
    this.#set("rings", {
      type: "FeatureCollection",
      features: rings.map((p) => ({ type: "Feature", properties: { disputed: p.disputed ?? false }, geometry: circle(p.lon, p.lat, p.radius_m!) })),
    });
    this.#set("points", {
      type: "FeatureCollection",
      features: this.#points.map((p) => ({
        type: "Feature",
        properties: { id: p.id, count: p.count, label: p.count > 1 ? String(p.count) : "", name: p.label, size: p.count > 1 ? sized(p.count) : 5, disputed: p.disputed ?? false, chosen: p.chosen ?? false },
        geometry: { type: "Point", coordinates: [p.lon, p.lat] },
      })),
    });
    void this.#divide();
  }

  #set(name: string, data: FeatureCollection): void {
    if (this.#closed) return;
    (this.map.getSource(name) as maplibregl.GeoJSONSource | undefined)?.setData(data);
  }

  close(): void {
    this.#closed = true;
    this.map.remove();
  }
}

function colours(element: Element): Colours {
  const read = getComputedStyle(element);
  const names = ["water", "land", "border", "ink", "quiet", "accent", "loud", "card", "line"] as const;
  return Object.fromEntries(names.map((name) => [name, read.getPropertyValue(`--${name}`).trim()])) as Colours;
}

function style(c: Colours): maplibregl.StyleSpecification {
  const source = { type: "geojson", data: NONE } as const;
  return {
    version: 8,
    sources: { countries: { type: "geojson", data: COUNTRIES }, names: source, provinces: source, shades: source, rings: source, points: source },
    layers: [
      { id: "water", type: "background", paint: { "background-color": c.water } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": c.land } },
      { id: "shades", type: "fill", source: "shades", paint: { "fill-color": c.accent, "fill-opacity": ["interpolate", ["linear"], ["zoom"], 5, ["interpolate", ["linear"], ["get", "share"], 0, 0.1, 1, 0.42], 9, 0.07] } },
      { id: "provinces", type: "line", source: "provinces", minzoom: 3.5, paint: { "line-color": c.border, "line-width": 0.6, "line-dasharray": [3, 2] } },
      { id: "borders", type: "line", source: "countries", paint: { "line-color": c.border, "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.5, 6, 1.4] } },
      { id: "rings", type: "fill", source: "rings", paint: { "fill-color": ["case", ["get", "disputed"], c.loud, c.accent], "fill-opacity": 0.16 } },
      { id: "ring-lines", type: "line", source: "rings", paint: { "line-color": ["case", ["get", "disputed"], c.loud, c.accent], "line-width": 1, "line-dasharray": [2, 2] } },
      { id: "names", type: "symbol", source: "names", minzoom: 2.2, maxzoom: 8, filter: [">", ["get", "size"], ["/", 900, ["^", 4, ["zoom"]]]], layout: { "symbol-sort-key": ["-", 0, ["get", "size"]], "text-field": ["get", "name"], "text-size": 11, "text-font": ["sans-serif"], "text-max-width": 7, "text-padding": 8 }, paint: { "text-color": c.quiet, "text-halo-color": c.land, "text-halo-width": 1.4 } },
      { id: "dots", type: "circle", source: "points", filter: ["==", ["get", "count"], 1], paint: { "circle-radius": ["case", ["get", "chosen"], 9, 6], "circle-color": ["case", ["get", "disputed"], c.loud, c.accent], "circle-stroke-color": ["case", ["get", "chosen"], c.ink, c.card], "circle-stroke-width": ["case", ["get", "chosen"], 3, 1.5] } },
      { id: "points", type: "circle", source: "points", filter: [">", ["get", "count"], 1], paint: { "circle-radius": ["get", "size"], "circle-color": c.accent, "circle-opacity": 0.88, "circle-stroke-color": c.card, "circle-stroke-width": 1.5 } },
      { id: "counts", type: "symbol", source: "points", filter: [">", ["get", "count"], 1], layout: { "text-field": ["get", "label"], "text-size": 12, "text-font": ["sans-serif"], "text-allow-overlap": true }, paint: { "text-color": c.card } },
      { id: "labels", type: "symbol", source: "points", filter: ["==", ["get", "count"], 1], minzoom: 5, layout: { "text-field": ["get", "name"], "text-size": 11, "text-font": ["sans-serif"], "text-offset": [0, 1.2], "text-anchor": "top", "text-optional": true }, paint: { "text-color": c.ink, "text-halo-color": c.land, "text-halo-width": 1.4 } },
    ],
  };
}
