// Natural Earth countries (1:110m, from world-atlas) as GeoJSON with ISO 3166-1 alpha-3 names and coordinates of two decimals.
import { readFileSync, writeFileSync } from "node:fs";
import { feature } from "topojson-client";
import iso from "iso-3166-1";

const atlas = JSON.parse(readFileSync("node_modules/world-atlas/countries-110m.json", "utf8"));
const numbered = new Map((iso.default ?? iso).all().map((country) => [country.numeric, country.alpha3]));
const unnumbered = { Kosovo: "KOS" }; // Natural Earth's Northern Cyprus and Somaliland have no code of their own and stay uncoloured
const round = (value) => (Array.isArray(value) ? value.map(round) : Math.round(value * 100) / 100);
const world = feature(atlas, atlas.objects.countries);
world.features = world.features
  .filter((f) => f.properties.name !== "Antarctica")
  .map((f) => ({
    type: "Feature",
    properties: { name: numbered.get(f.id) ?? unnumbered[f.properties.name] ?? `- ${f.properties.name}` },
    geometry: { type: f.geometry.type, coordinates: round(f.geometry.coordinates) },
  }));
writeFileSync("world.json", JSON.stringify(world));
