/** Where the nodes of a graph stand: {columns, rows, places: Map of id to {column, row}}; each stands behind all that lead to it. */
export function arranged({ parts, edges }) {
  const nodes = flat(parts);
  const columns = new Map(nodes.map(({ id }) => [id, 0]));
  for (let moved = true, round = 0; moved && round < nodes.length; round++) {
    moved = false;
    for (const { from, to } of edges) {
      if (columns.get(to) <= columns.get(from)) {
        columns.set(to, columns.get(from) + 1);
        moved = true;
      }
    }
  }
  const heights = [];
  const places = new Map(nodes.map(({ id }) => {
    const column = columns.get(id);
    const row = heights[column] ?? 0;
    heights[column] = row + 1;
    return [id, { column, row }];
  }));
  const rows = Math.max(...heights, 1);
  for (const place of places.values()) place.row += (rows - heights[place.column]) / 2;
  return { nodes, columns: heights.length, rows, places };
}

const flat = parts => parts.flatMap(part => part.parts ? flat(part.parts) : [part]);

/** Whether a step of a run is this node: in the node's index, a * stands for any iteration. */
export function isNode({ index }, step) {
  return index !== "" && new RegExp(`^${index.replaceAll(".", "\\.").replaceAll("*", "\\d+")}(\\.use)?$`).test(step.index);
}
