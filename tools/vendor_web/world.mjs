// Natural Earth countries (1:110m, from world-atlas) as GeoJSON with ISO 3166-1 alpha-3 names and coordinates of two decimals.
import { readFileSync, writeFileSync } from "node:fs";
import { feature } from "topojson-client";
import iso from "iso-3166-1";

const atlas = JSON.parse(readFileSync("node_modules/world-atlas/countries-110m.json", "utf8"));
const numbered = new Map((iso.default ?? iso).all().map((country) => [country.numeric, country.alpha3]));
const unnumbered = { Kosovo: "KOS" }; // Natural Earth's Northern Cyprus and Somaliland have no code of their own and stay uncoloured
const round = (value) => (Array.isArray(value) ? value.map(round) : Math.round(value * 100) / 100);

// The atlas draws on a sphere: a ring that crosses 180 degrees is cut there, so that a flat map has no band across it.
function unwrapped(ring) {
  let turn = 0;
  return ring.map(([x, y], i) => {
    if (i && x - ring[i - 1][0] > 180) turn -= 360;
    if (i && x - ring[i - 1][0] < -180) turn += 360;
    return [x + turn, y];
  });
}
function clipped(ring, edge, keepBelow) {
  const inside = ([x]) => (keepBelow ? x <= edge : x >= edge);
  const out = [];
  ring.forEach((point, i) => {
    const before = ring[(i + ring.length - 1) % ring.length];
    if (inside(point) !== inside(before)) {
      const share = (edge - before[0]) / (point[0] - before[0]);
      out.push([edge, before[1] + share * (point[1] - before[1])]);
    }
    if (inside(point)) out.push(point);
  });
  return out.length > 2 ? [...out, out[0]] : null;
}
function flat(polygon) {
  const [outer, ...holes] = polygon.map(unwrapped);
  const low = Math.min(...outer.map(([x]) => x));
  const high = Math.max(...outer.map(([x]) => x));
  if (low >= -180 && high <= 180) return [[outer, ...holes]];
  const edge = high > 180 ? 180 : -180;
  const halves = [clipped(outer, edge, true), clipped(outer, edge, false)];
  return halves.flatMap((half, above) => {
    if (!half) return [];
    const shift = edge === 180 ? (above ? -360 : 0) : above ? 0 : 360;
    return [[half.map(([x, y]) => [x + shift, y])]];
  });
}

const world = feature(atlas, atlas.objects.countries);
world.features = world.features
  .filter((f) => f.properties.name !== "Antarctica")
  .map((f) => ({
    type: "Feature",
    properties: { name: numbered.get(f.id) ?? unnumbered[f.properties.name] ?? `- ${f.properties.name}` },
    geometry: { type: "MultiPolygon", coordinates: round((f.geometry.type === "Polygon" ? [f.geometry.coordinates] : f.geometry.coordinates).flatMap(flat)) },
  }));
writeFileSync("world.json", JSON.stringify(world));
