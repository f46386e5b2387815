/** Mean radius of the earth in metres. */
export const RADIUS = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Metres between two points given in degrees, along the sphere. */
export function metres(latA: number, lonA: number, latB: number, lonB: number): number {
  const [p, q] = [latA * RADIANS, latB * RADIANS];
  const h = Math.sin((q - p) / 2) ** 2 + Math.cos(p) * Math.cos(q) * Math.sin(((lonB - lonA) * RADIANS) / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}
