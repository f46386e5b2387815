/** Where the nodes of a small network stand: springs along links, repulsion between nodes, the same each time. */
export interface Node { readonly id: string; x: number; y: number }

export function layout(ids: readonly string[], links: readonly (readonly [string, string])[], width: number, height: number, steps = 260): Map<string, Node> {
  const n = Math.max(1, ids.length);
  const nodes = ids.map((id, i): Node => {
    // A sunflower's spiral: no two at one point, and nothing left to chance.
    const r = Math.sqrt((i + 0.5) / n) * 0.42;
    const a = i * 2.399963;
    return { id, x: width * (0.5 + r * Math.cos(a)), y: height * (0.5 + r * Math.sin(a)) };
  });
  const by = new Map(nodes.map((node) => [node.id, node]));
  const springs = links.flatMap(([a, b]) => (a !== b && by.has(a) && by.has(b) ? [[by.get(a)!, by.get(b)!] as const] : []));
  const ideal = Math.sqrt((width * height) / n) * 0.75;
  for (let step = 0; step < steps; step += 1) {
    const heat = (1 - step / steps) * ideal * 0.25;
    const push = nodes.map(() => [0, 0] as [number, number]);
    for (let i = 0; i < n; i += 1) {
      for (let j = i + 1; j < nodes.length; j += 1) {
        const [dx, dy] = [nodes[i]!.x - nodes[j]!.x, (nodes[i]!.y - nodes[j]!.y) * 1.6];
        const d2 = Math.max(dx * dx + dy * dy, 25);
        const f = (ideal * ideal) / d2;
        push[i]![0] += dx * f * 0.5; push[i]![1] += dy * f * 0.5;
        push[j]![0] -= dx * f * 0.5; push[j]![1] -= dy * f * 0.5;
      }
    }
    const index = new Map(nodes.map((node, i) => [node, i]));
    for (const [a, b] of springs) {
      const [dx, dy] = [a.x - b.x, a.y - b.y];
      const d = Math.max(Math.hypot(dx, dy), 1);
      const f = d / ideal;
      const [i, j] = [index.get(a)!, index.get(b)!];
      push[i]![0] -= dx * f * 0.5; push[i]![1] -= dy * f * 0.5;
      push[j]![0] += dx * f * 0.5; push[j]![1] += dy * f * 0.5;
    }
    nodes.forEach((node, i) => {
      push[i]![0] += (width / 2 - node.x) * 0.05; push[i]![1] += (height / 2 - node.y) * 0.08;
      const size = Math.max(Math.hypot(...push[i]!), 0.01);
      const by = Math.min(size, heat) / size;
      node.x = Math.min(width - 60, Math.max(60, node.x + push[i]![0] * by));
      node.y = Math.min(height - 22, Math.max(18, node.y + push[i]![1] * by));
    });
  }
  return by;
}
