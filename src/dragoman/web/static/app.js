// The pages work without this file; it draws the charts and adds what a keyboard and a mouse are good for.
"use strict";

const QUADS = { 1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict" };
const SAID = { actual: "happened", historical: "past", future: "planned", hypothetical: "possible", negated: "denied", postponed: "postponed", cancelled: "called off" };
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const words = (code) => String(code ?? "").replaceAll("_", " ").toLowerCase();

/** A tooltip built from text alone: nothing a report says becomes markup. */
function tip(head, lines, quote) {
  const box = document.createElement("div");
  box.className = "tip";
  const title = document.createElement("b");
  title.textContent = head;
  box.append(title);
  for (const line of lines) {
    const row = document.createElement("div");
    row.textContent = line;
    box.append(row);
  }
  if (quote) {
    const said = document.createElement("q");
    said.dir = "auto";
    said.textContent = quote;
    box.append(said);
  }
  return box;
}

function look() {
  const text = { color: css("--soft"), fontFamily: css("--sans"), fontSize: 12 };
  const line = { lineStyle: { color: css("--line") } };
  return {
    text, line,
    quad: { 0: css("--q0"), 1: css("--q1"), 2: css("--q2"), 3: css("--q3"), 4: css("--q4") },
    axis: { axisLabel: text, axisLine: line, axisTick: { show: false }, splitLine: line, nameTextStyle: text },
    tooltip: { backgroundColor: css("--card"), borderColor: css("--line"), textStyle: { color: css("--ink"), fontFamily: css("--sans"), fontSize: 13 }, confine: true, enterable: false },
  };
}

/** Between cooperation and conflict, by the share of conflictual events. */
function tone(share, s) {
  return share > 0.6 ? s.quad[4] : share > 0.35 ? s.quad[3] : s.quad[2];
}

const spread = (text) => {
  let h = 7;
  for (const c of text) h = (h * 31 + c.charCodeAt(0)) | 0;
  return ((h >>> 0) % 1000) / 1000 - 0.5;
};

const STRUCK = "path://M50,5A45,45 0 1,0 50,95A45,45 0 1,0 50,5ZM50,13A37,37 0 0,1 75,23L23,75A37,37 0 0,1 50,13ZM77,25A37,37 0 0,1 25,77Z";

function timeline(data, s) {
  const zoomed = data.length > 250 ? Math.max(0, 100 - (250 / data.length) * 100) : 0;
  const point = (p) => {
    const colour = s.quad[p.quad];
    const hollow = p.status === "future" || p.status === "hypothetical" || p.status === "postponed";
    const struck = p.status === "negated" || p.status === "cancelled";
    return {
      value: [p.day, Math.max(-10, Math.min(10, p.score)) + spread(p.id) * 0.9], event: p,
      symbol: struck ? STRUCK : "circle", symbolSize: 9 + 4 * Math.sqrt(p.reports),
      itemStyle: { color: hollow ? css("--card") : colour, borderColor: colour, borderWidth: hollow ? 2 : p.disputed ? 2 : 1, borderType: p.status === "postponed" ? "dashed" : "solid",
        opacity: p.status === "historical" ? 0.45 : 0.9, ...(p.disputed && !hollow ? { borderColor: css("--ink") } : {}) },
    };
  };
  return {
    grid: { left: 42, right: 16, top: 14, bottom: 74 },
    xAxis: { type: "time", ...s.axis, splitLine: { show: false } },
    yAxis: { type: "value", min: -11, max: 11, interval: 5.5, ...s.axis, axisLabel: { ...s.text, formatter: (v) => (v === 0 ? "0" : v > 0 ? (v > 6 ? "+10" : "+5") : v < -6 ? "−10" : "−5") } },
    dataZoom: [{ type: "slider", start: zoomed, end: 100, height: 22, bottom: 8, showDataShadow: false, textStyle: s.text, borderColor: css("--line"), fillerColor: "rgba(90,150,200,.18)", labelFormatter: "" }, { type: "inside", start: zoomed, end: 100, zoomOnMouseWheel: "ctrl" }],
    tooltip: { ...s.tooltip, formatter: (x, ticket, later) => {
      const p = x.data.event;
      const told = (sentence) => tip(`${words(p.type)}${p.mode ? " / " + words(p.mode) : ""}`, [`${p.day} · ${SAID[p.status]} · ${p.reports} report${p.reports > 1 ? "s" : ""}${p.disputed ? " · accounts differ" : ""}`], sentence);
      if (p.sentence === undefined) {
        p.sentence = "";
        fetch(`/api/v1/events/${p.id}`).then((r) => r.json()).then((e) => {
          const said = e.mentions?.[0]?.sentence ?? "";
          p.sentence = said.length > 220 ? said.slice(0, 220) + " …" : said;
          later(ticket, told(p.sentence));
        }).catch(() => { p.sentence = undefined; });
      }
      return told(p.sentence);
    } },
    series: [{ type: "scatter", data: data.map(point), cursor: "pointer",
      markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: css("--soft"), type: "solid", width: 1, opacity: 0.5 }, data: [{ yAxis: 0 }] } }],
    go: (x) => x.data?.event && `/event/${x.data.event.id}`,
  };
}

function series({ bins, breaks }, s, chart) {
  const narrow = chart.getWidth() < 700;
  // Both axes are as high above zero as below, so that the line's zero is the bars'.
  const high = Math.max(1, ...bins.map((b) => Math.max(b.verbal_cooperation + b.material_cooperation, b.verbal_conflict + b.material_conflict)));
  const sum = Math.max(1, ...bins.map((b) => Math.ceil(Math.abs(b.plover_sum))));
  const starts = bins.map((b) => b.start);
  const stack = (name, key, quad, sign) => ({ name, type: "bar", stack: "n", data: bins.map((b) => sign * b[key]), itemStyle: { color: s.quad[quad] }, barMaxWidth: 26 });
  return {
    grid: { left: 46, right: 46, top: narrow ? 62 : 34, bottom: 30 },
    legend: { top: 0, textStyle: s.text, itemWidth: 12, itemHeight: 10 },
    xAxis: { type: "category", data: starts, ...s.axis, splitLine: { show: false } },
    yAxis: [{ type: "value", min: -high, max: high, ...s.axis, name: narrow ? "" : "events", axisLabel: { ...s.text, formatter: (v) => Math.abs(v) }, minInterval: 1 }, { type: "value", min: -sum, max: sum, ...s.axis, splitLine: { show: false }, name: narrow ? "" : "score" }],
    tooltip: { ...s.tooltip, trigger: "axis", formatter: (xs) => tip(xs[0].axisValue, xs.filter((x) => x.value).map((x) => `${x.seriesName}: ${x.seriesName === "summed score" ? x.value : Math.abs(x.value)}`)) },
    series: [
      stack("verbal cooperation", "verbal_cooperation", 1, 1), stack("material cooperation", "material_cooperation", 2, 1),
      stack("verbal conflict", "verbal_conflict", 3, -1), stack("material conflict", "material_conflict", 4, -1),
      { name: "summed score", type: "line", yAxisIndex: 1, data: bins.map((b) => b.plover_sum), symbol: bins.length > 40 ? "none" : "circle", symbolSize: 5, lineStyle: { color: css("--ink"), width: 1.6 }, itemStyle: { color: css("--ink") },
        markLine: { symbol: "none", label: { show: !narrow, formatter: "change", ...s.text, position: "insideEndTop" }, lineStyle: { color: css("--q3-ink"), type: "dashed", width: 1.5 }, data: breaks.map((b) => ({ xAxis: b })) } },
    ],
  };
}

function stacked(rows, s, by) {
  return {
    grid: { left: 40, right: 8, top: 10, bottom: 24 },
    xAxis: { type: "time", ...s.axis, splitLine: { show: false } },
    yAxis: { type: "value", ...s.axis, minInterval: 1 },
    tooltip: { ...s.tooltip, trigger: "axis", formatter: (xs) => tip(String(xs[0].value[0]).slice(0, by === "day" ? 10 : by === "year" ? 4 : 7), xs.filter((x) => x.value[1]).map((x) => `${x.seriesName}: ${x.value[1].toLocaleString("en")}`)) },
    series: [1, 2, 3, 4].map((q) => ({ name: QUADS[q], type: "bar", stack: "n", data: rows.map((r) => [r[0], r[q]]), itemStyle: { color: s.quad[q] }, barMaxWidth: 14, barMinWidth: 1.5, large: false })),
  };
}

const GEO = (s) => ({ map: "world", roam: true, scaleLimit: { min: 1, max: 12 }, left: 0, right: 0, top: 0, bottom: 0, aspectScale: 0.86, boundingCoords: [[-170, 80], [180, -57]], silent: false, nameProperty: "name",
  itemStyle: { areaColor: css("--land"), borderColor: css("--card"), borderWidth: 0.6 }, emphasis: { disabled: false, label: { show: false }, itemStyle: { areaColor: css("--q3") } }, select: { disabled: true } });

function world({ countries, names, middles }, s) {
  const most = Math.max(...countries.map((c) => c.events), 2);
  const drawn = new Set(echarts.getMap("world").geoJson.features.map((f) => f.properties.name));
  const by = Object.fromEntries(countries.map((c) => [c.country, c]));
  const shown = (c) => tip(names[c.country], [`${c.events.toLocaleString("en")} events, ${c.conflict.toLocaleString("en")} conflictual`]);
  return {
    tooltip: { ...s.tooltip, formatter: (x) => (by[x.name] ? shown(by[x.name]) : tip(names[x.name] ?? "", ["no events"])) },
    visualMap: { min: 0, max: Math.log2(most + 1), show: false, seriesIndex: 0, inRange: { color: document.documentElement.dataset.theme === "dark" || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches) ? ["#27405a", "#3d8fd1", "#a8dcff"] : ["#cfe2ef", "#6aaed6", "#124f82"] } },
    geo: GEO(s),
    series: [
      { type: "map", geoIndex: 0, map: "world", data: countries.filter((c) => drawn.has(c.country)).map((c) => ({ name: c.country, value: Math.log2(c.events + 1) })) },
      { type: "scatter", coordinateSystem: "geo", symbolSize: 8, itemStyle: { color: css("--q2"), borderColor: css("--card"), borderWidth: 1 }, data: countries.filter((c) => !drawn.has(c.country) && middles[c.country]).map((c) => ({ name: c.country, value: [...middles[c.country], c.events] })) },
    ],
    go: (x) => by[x.name] && `/search?country=${x.name}`,
  };
}

/** The actor in the middle, its contacts around it on an ellipse, the most frequent first from the top; labels point outwards. */
function ego({ name, contacts }, s, chart) {
  const shown = contacts.slice(0, chart.getWidth() < 560 ? 10 : 20);
  const most = Math.max(...shown.map((c) => c.n), 1);
  const nodes = [{ id: "0", name, x: 0, y: 0, symbolSize: 30, itemStyle: { color: css("--ink") }, label: { show: true, position: "bottom", fontWeight: 600, width: 220 } }];
  const links = [];
  const stretch = Math.max(1, (chart.getWidth() - 340) / (chart.getHeight() - 70));
  shown.forEach((c, i) => {
    const turn = (i / shown.length) * 2 * Math.PI - Math.PI / 2;
    const far = i % 2 && shown.length > 9 ? 0.74 : 1;
    const x = Math.cos(turn) * 100 * stretch * far;
    const y = Math.sin(turn) * 100 * far;
    const side = Math.abs(x) < 12 ? (y < 0 ? "top" : "bottom") : x < 0 ? "left" : "right";
    nodes.push({ id: String(i + 1), name: c.name, actor: c.id, x, y, symbolSize: 9 + 17 * Math.sqrt(c.n / most), itemStyle: { color: tone(c.conflict / c.n, s) }, n: c.n, conflict: c.conflict, label: { position: side } });
    links.push({ source: "0", target: String(i + 1), lineStyle: { width: 1 + 5 * (c.n / most), color: tone(c.conflict / c.n, s), opacity: 0.5 } });
  });
  return {
    tooltip: { ...s.tooltip, formatter: (x) => (x.dataType === "node" && x.data.n ? tip(x.data.name, [`${x.data.n} events, ${x.data.conflict} conflictual`]) : tip(name, [])) },
    series: [{ type: "graph", layout: "none", left: chart.getWidth() < 560 ? 90 : 160, right: chart.getWidth() < 560 ? 90 : 160, top: 34, bottom: 34, data: nodes, links, label: { show: true, color: css("--ink"), fontFamily: css("--sans"), fontSize: 12, textBorderColor: css("--card"), textBorderWidth: 3, width: chart.getWidth() < 560 ? 85 : 150, overflow: "truncate" }, emphasis: { focus: "adjacency" } }],
    go: (x) => x.data?.actor && `/actor/${encodeURIComponent(x.data.actor).replaceAll("%3A", ":")}`,
  };
}

/** Everything between two periods, summed. */
function summed(data, from, to) {
  const add = (rows, keys) => {
    const sums = new Map();
    for (const row of rows) {
      if (row[0] < from || row[0] > to) continue;
      const key = row.slice(1, 1 + keys).join("|");
      const kept = sums.get(key) ?? [...row.slice(1, 1 + keys), 0, 0];
      kept[keys] += row[keys + 1];
      kept[keys + 1] += row[keys + 2];
      sums.set(key, kept);
    }
    return [...sums.values()].sort((x, y) => y[keys] - x[keys]);
  };
  return { links: add(data.links, 2), places: add(data.places, 3), active: add(data.active, 1) };
}

function flows(data, s, chart) {
  const from = document.getElementById("from");
  const to = document.getElementById("to");
  const shown = summed(data, +(from?.value ?? 0), +(to?.value ?? 1e9));
  const most = Math.max(...shown.links.map((l) => l[2]), 1);
  const busy = Math.max(...shown.active.map((a) => a[1]), 1);
  const onMap = data.view === "map";
  const joined = new Set(shown.links.flatMap((l) => [l[0], l[1]]));
  const kept = shown.active.filter((a) => (onMap ? data.middles[a[0]] : joined.has(a[0])));
  const here = new Set(kept.map((a) => a[0]));
  const nodes = kept.map(([code, n, conflict], i) => ({
    id: code, name: data.names[code], code, n, conflict, ...(onMap ? { value: [...data.middles[code], n] } : {}), symbolSize: 6 + 26 * Math.sqrt(n / busy),
    itemStyle: { color: tone(conflict / n, s), borderColor: css("--card"), borderWidth: 1, opacity: 0.92 }, label: { show: i < (onMap ? 14 : 40) },
  }));
  const links = shown.links.filter((l) => here.has(l[0]) && here.has(l[1])).map(([a, b, n, conflict]) => ({
    source: a, target: b, n, conflict, lineStyle: { width: 0.8 + 6 * Math.sqrt(n / most), color: tone(conflict / n, s), opacity: 0.55, curveness: onMap ? 0.18 : 0.08 },
  }));
  listLinks(shown.links.slice(0, 25), data.names);
  const out = document.getElementById("shown");
  if (out) out.textContent = [from, to].map((x) => (data.periods[+x.value] ?? "").slice(0, data.by === "day" ? 10 : data.by === "year" ? 4 : 7)).join(" to ");
  const graph = {
    type: "graph", data: nodes, links, emphasis: { focus: "adjacency" },
    label: { position: "right", color: css("--ink"), fontFamily: css("--sans"), fontSize: 11.5, textBorderColor: css("--card"), textBorderWidth: 3 }, labelLayout: { hideOverlap: true },
    ...(onMap ? { coordinateSystem: "geo" } : { layout: "force", roam: true, zoom: 0.8, draggable: true, force: { repulsion: 170, edgeLength: [40, 130], gravity: 0.2, layoutAnimation: !still } }),
  };
  const places = { type: "scatter", coordinateSystem: "geo", silent: false, z: 1, symbolSize: 5, itemStyle: { color: css("--ink"), opacity: 0.55 },
    data: onMap ? shown.places.map(([name, lat, lon, n]) => ({ name, place: name, n, value: [lon, lat, n] })) : [] };
  return {
    ...(onMap ? { geo: { ...GEO(s), silent: true } } : {}),
    tooltip: { ...s.tooltip, formatter: (x) => x.dataType === "edge" ? tip(`${data.names[x.data.source]} and ${data.names[x.data.target]}`, [`${x.data.n} events, ${x.data.conflict} conflictual`]) : tip(x.data.name, [`${x.data.n} events${x.data.conflict === undefined ? " here" : `, ${x.data.conflict} conflictual`}`]) },
    series: onMap ? [places, graph] : [graph],
    go: (x) => x.dataType === "edge" ? `/pair/${x.data.source}/${x.data.target}` : x.data?.code ? `/search?country=${x.data.code}` : x.data?.place ? `/search?place=${encodeURIComponent(x.data.place)}` : null,
  };
}

function listLinks(rows, names) {
  const body = document.querySelector("#links tbody");
  if (!body) return;
  body.replaceChildren(...rows.map(([a, b, n, conflict]) => {
    const row = document.createElement("tr");
    const pair = document.createElement("td");
    const link = document.createElement("a");
    link.href = `/pair/${a}/${b}`;
    link.textContent = `${names[a]} and ${names[b]}`;
    pair.append(link);
    row.append(pair, ...[n, conflict].map((v) => Object.assign(document.createElement("td"), { className: "n", textContent: v.toLocaleString("en") })));
    return row;
  }));
}

const KINDS = {
  timeline, series, world, ego, flows,
  months: (rows, s) => stacked(rows.map((r) => [r.start, r[1], r[2], r[3], r[4]]), s, "month"),
  histogram: ({ bins, by }, s) => stacked(bins, s, by),
};
const charts = [];

/** A chart drawn into a box without size throws; on a slow machine the style may come after the script. */
const sized = (box) => new Promise((done) => {
  const seen = new ResizeObserver(() => {
    if (box.clientWidth && box.clientHeight) { seen.disconnect(); done(); }
  });
  seen.observe(box);
});

async function draw(canvas) {
  const kind = canvas.dataset.chart;
  const data = JSON.parse(canvas.nextElementSibling.textContent);
  if ((kind === "world" || kind === "flows") && !echarts.getMap("world")) echarts.registerMap("world", await (await fetch("/static/vendor/world.json")).json());
  await sized(canvas);
  const chart = echarts.init(canvas, null, { renderer: "canvas" });
  const paint = (fresh) => {
    const { go, ...options } = KINDS[kind](data, look(), chart);
    chart.go = go;
    chart.setOption({ animation: !still && fresh, animationDuration: 350, ...options }, { notMerge: fresh, replaceMerge: fresh ? [] : ["series"] });
  };
  paint(true);
  chart.on("click", (x) => {
    const address = chart.go?.(x);
    if (address) location.assign(address);
  });
  canvas.dataset.drawn = "1";
  charts.push({ chart, paint, canvas });
}

function slider() {
  const from = document.getElementById("from");
  const to = document.getElementById("to");
  const play = document.getElementById("play");
  if (!from) return;
  const repaint = () => charts.forEach((c) => c.paint(false));
  from.addEventListener("input", () => { if (+from.value > +to.value) to.value = from.value; repaint(); });
  to.addEventListener("input", () => { if (+to.value < +from.value) from.value = to.value; repaint(); });
  let timer = null;
  const stop = () => { clearInterval(timer); timer = null; play.textContent = "Play"; };
  play.addEventListener("click", () => {
    if (timer) return stop();
    const width = Math.max(0, Math.min(+to.value - +from.value, Math.floor(+to.max / 6)));
    from.value = 0;
    to.value = width;
    play.textContent = "Stop";
    repaint();
    timer = setInterval(() => {
      if (+to.value >= +to.max) return stop();
      from.value = +from.value + 1;
      to.value = +to.value + 1;
      repaint();
    }, still ? 1500 : 700);
  });
}

function readingPage() {
  const list = document.querySelectorAll("[data-event]");
  if (!document.getElementById("text") || !list.length) return;
  const hits = [...document.querySelectorAll(".hit")];
  const light = (numbers, on) => {
    hits.forEach((h) => h.classList.toggle("lit", on && h.dataset.events.split(" ").some((n) => numbers.includes(n))));
    list.forEach((e) => e.classList.toggle("lit", on && numbers.includes(e.dataset.event)));
  };
  list.forEach((e) => {
    e.addEventListener("pointerenter", () => light([e.dataset.event], true));
    e.addEventListener("pointerleave", () => light([], false));
    e.addEventListener("focusin", () => light([e.dataset.event], true));
  });
  hits.forEach((h) => {
    const numbers = h.dataset.events.split(" ");
    const show = () => { light(numbers, true); if (matchMedia("(min-width: 821px)").matches) document.querySelector(`[data-event="${numbers[0]}"]`)?.scrollIntoView({ block: "nearest" }); };
    h.addEventListener("pointerenter", show);
    h.addEventListener("focusin", show);
    h.addEventListener("pointerleave", () => light([], false));
  });
  const chosen = document.querySelector(".event.chosen");
  if (chosen) hits.find((h) => h.dataset.events.split(" ").includes(chosen.dataset.event))?.scrollIntoView({ block: "center" });
}

function start() {
  document.getElementById("theme")?.addEventListener("click", () => {
    const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", document.documentElement.dataset.theme); } catch { /* not kept, then */ }
    charts.forEach((c) => c.paint(true));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach((c) => c.paint(true)));
  document.querySelectorAll("[data-print]").forEach((b) => b.addEventListener("click", () => print()));
  document.querySelectorAll("[data-copy-link]").forEach((b) => b.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(location.href.split("#")[0]); b.textContent = "Copied"; } catch { b.textContent = location.href; }
  }));
  // Empty fields of a filter stay out of the address, so that it can be read and passed on.
  document.querySelectorAll("form.filters, form.quick").forEach((form) => form.addEventListener("submit", () => {
    form.querySelectorAll("input, select").forEach((f) => { if (!f.value) f.disabled = true; });
  }));
  addEventListener("pageshow", () => document.querySelectorAll("form :disabled").forEach((f) => { f.disabled = false; }));
  addEventListener("keydown", (e) => {
    if (e.key === "/" && !/input|textarea|select/i.test(e.target.tagName)) { e.preventDefault(); document.querySelector(".quick input")?.focus(); }
  });
  readingPage();
  slider();
  if (window.echarts) {
    document.querySelectorAll("[data-chart]").forEach(draw);
    addEventListener("resize", () => charts.forEach((c) => { if (c.canvas.clientWidth && c.canvas.clientHeight) c.chart.resize(); }));
    // Paper has no zoom, and is as wide as it is.
    const zoomable = (on) => (c) => { if (c.canvas.dataset.chart === "timeline") c.chart.setOption({ dataZoom: [{ show: on }, {}] }); };
    addEventListener("beforeprint", () => charts.forEach((c) => { zoomable(false)(c); c.chart.resize({ width: Math.min(660, c.canvas.clientWidth), height: c.canvas.closest(".low") ? 190 : 340 }); }));
    addEventListener("afterprint", () => charts.forEach((c) => { zoomable(true)(c); c.chart.resize({ width: "auto", height: "auto" }); }));
  }
}
start();
