/** Where the nodes of a network stand: each connected part laid out by springs, the parts packed in rows; the same each time. */
export interface Spot { readonly x: number; readonly y: number }
type Link = readonly [string, string];

/** Places for *ids* within *width*; the height follows from how many there are. */
export function layout(ids: readonly string[], links: readonly Link[], width: number): { spots: Map<string, Spot>; height: number } {
  const spots = new Map<string, Spot>();
  const shapes = parts(ids, links).map((part) => {
    const own = links.filter(([a, b]) => part.includes(a) && part.includes(b) && a !== b);
    const wide = Math.min(width, part.length === 1 ? 140 : 110 + 120 * Math.sqrt(part.length - 1));
    const tall = part.length === 1 ? 56 : 46 + 62 * Math.sqrt(part.length - 1) * (part.length > 4 ? 1.25 : 1);
    return { placed: springs(part, own, wide, tall), wide, tall };
  });
  let [x, y, row] = [0, 0, 0];
  for (const { placed, wide, tall } of shapes) {
    if (x > 0 && x + wide > width) [x, y, row] = [0, y + row + 8, 0];
    for (const [id, spot] of placed) spots.set(id, { x: x + spot.x, y: y + spot.y });
    x += wide;
    row = Math.max(row, tall);
  }
  return { spots, height: y + row };
}

/** The connected parts, the largest first. */
function parts(ids: readonly string[], links: readonly Link[]): string[][] {
  const near = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const [a, b] of links) {
    near.get(a)?.push(b);
    near.get(b)?.push(a);
  }
  const seen = new Set<string>();
  const found: string[][] = [];
  for (const id of ids) {
    if (seen.has(id)) continue;
    const part: string[] = [];
    const waiting = [id];
    seen.add(id);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      part.push(next);
      for (const other of near.get(next) ?? []) if (near.has(other) && !seen.has(other)) waiting.push(other), seen.add(other);
    }
    found.push(part);
  }
  return found.sort((a, b) => b.length - a.length);
}

function springs(ids: readonly string[], links: readonly Link[], width: number, height: number): Map<string, Spot> {
  const n = ids.length;
  const nodes = ids.map((id, i) => {
    // A sunflower's spiral to begin with: no two at one point, and nothing left to chance.
    const [r, a] = [Math.sqrt((i + 0.5) / n) * 0.45, i * 2.399963];
    return { id, x: 0.5 + r * Math.cos(a), y: 0.5 + r * Math.sin(a) };
  });
  const index = new Map(ids.map((id, i) => [id, i]));
  const ideal = 0.8 / Math.sqrt(n);
  for (let step = 0; n > 1 && step < 200; step += 1) {
    const push = nodes.map((node) => ({ x: (0.5 - node.x) * 0.02, y: (0.5 - node.y) * 0.02 }));
    const pull = (i: number, j: number, strength: (d: number) => number) => {
      const [dx, dy] = [nodes[i]!.x - nodes[j]!.x, nodes[i]!.y - nodes[j]!.y];
      const d = Math.max(Math.hypot(dx, dy), 0.01);
      const f = strength(d) / d;
      push[i]!.x += dx * f; push[i]!.y += dy * f;
      push[j]!.x -= dx * f; push[j]!.y -= dy * f;
    };
    for (let i = 0; i < n; i += 1) for (let j = i + 1; j < n; j += 1) pull(i, j, (d) => (ideal * ideal) / d);
    for (const [a, b] of links) pull(index.get(a)!, index.get(b)!, (d) => -(d * d) / ideal);
    const heat = 0.12 * (1 - step / 200);
    nodes.forEach((node, i) => {
      const size = Math.max(Math.hypot(push[i]!.x, push[i]!.y), 1e-6);
      node.x += (push[i]!.x / size) * Math.min(size, heat);
      node.y += (push[i]!.y / size) * Math.min(size, heat);
    });
  }
  const spread = (values: number[], size: number, margin: number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return values.map((v) => (high - low < 1e-6 ? size / 2 : margin + ((v - low) / (high - low)) * (size - 2 * margin)));
  };
  const xs = spread(nodes.map((node) => node.x), width, Math.min(65, width / 3));
  const ys = spread(nodes.map((node) => node.y), height, 22);
  return new Map(nodes.map((node, i) => [node.id, { x: xs[i]!, y: ys[i]! - 4 }]));
}
