// Draws every `.chart[data-chart]`: the option comes ready from the server, its colours as tokens ("$c1").
// Here only what needs the reader's screen: colours of the theme, size, and the words under the pointer.
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent, VisualMapPiecewiseComponent } from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import palette from "../../tiantang/ui/charts/palette.json";
import "./charts.css";
import "./figures.css";
import "./summary.css";

use([
  BarChart,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  LineChart,
  SVGRenderer,
  TooltipComponent,
  VisualMapPiecewiseComponent,
]);

type Row = { name: string; colour: string; role: string; texts: string[] };
type Words = { kind: string; categories: string[]; rows: Row[] };
type Option = Record<string, unknown> & { tiantang: Words };
type Pointed = { dataIndex: number; value?: unknown };

const drawn = new Map<HTMLElement, EChartsType>();

function coloursFor(element: HTMLElement): Record<string, string> {
  const scheme = getComputedStyle(element).colorScheme;
  const both = scheme.includes("light") && scheme.includes("dark");
  const dark = both ? matchMedia("(prefers-color-scheme: dark)").matches : scheme.includes("dark");
  const set = dark ? palette.dark : palette.light;
  const named: Record<string, string> = {};
  for (const [name, value] of Object.entries(set)) if (typeof value === "string") named[name] = value;
  set.series.forEach((value, place) => (named[`c${place + 1}`] = value));
  set.sequential.forEach((value, place) => (named[`seq${place + 1}`] = value));
  return named;
}

function painted<T>(part: T, colours: Record<string, string>): T {
  if (typeof part === "string") return (part.startsWith("$") ? (colours[part.slice(1)] ?? part) : part) as T;
  if (Array.isArray(part)) return part.map((entry) => painted(entry, colours)) as T;
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, painted(value, colours)])) as T;
}

function line(text: string, value: string, colour?: string): HTMLElement {
  const row = document.createElement("div");
  const mark = document.createElement("i");
  mark.style.background = colour ?? "none";
  const name = document.createElement("span");
  name.textContent = text;
  const figure = document.createElement("b");
  figure.textContent = value;
  row.append(mark, name, figure);
  return row;
}

/** What the pointer shows: texts only, put in as texts, so that no name can become markup. */
function told(words: Words, pointed: Pointed | Pointed[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "chart-tip";
  const head = document.createElement("strong");
  const first = Array.isArray(pointed) ? pointed[0] : pointed;
  if (words.kind === "heatmap" && first && Array.isArray(first.value)) {
    const [x, y] = first.value as number[];
    head.textContent = `${words.rows[y].name} · ${words.categories[x]}`;
    box.append(head, line("", words.rows[y].texts[x]));
    return box;
  }
  const place = first?.dataIndex ?? 0;
  head.textContent = words.categories[place] ?? "";
  box.append(head);
  for (const row of words.rows) {
    if (row.role.startsWith("band_")) continue;
    box.append(line(row.name, row.texts[place] ?? "—", row.colour));
  }
  const band = words.rows.filter((row) => row.role.startsWith("band_"));
  if (band.length === 2 && band[0].texts[place] !== "—")
    box.append(line(band[0].name, `${band[0].texts[place]} – ${band[1].texts[place]}`));
  return box;
}

function tooltip(words: Words, colours: Record<string, string>): Record<string, unknown> {
  const lying = words.kind === "rows" || words.kind === "funnel";
  return {
    trigger: words.kind === "heatmap" ? "item" : "axis",
    axisPointer: {
      type: words.kind === "line" ? "line" : "shadow",
      axis: lying ? "y" : "x",
      lineStyle: { color: colours["ink-3"], width: 1 },
      shadowStyle: { color: colours["ink-3"], opacity: 0.08 },
    },
    confine: true,
    transitionDuration: 0,
    backgroundColor: colours.surface,
    borderColor: colours.line,
    padding: 0,
    textStyle: { color: colours.ink },
    formatter: (pointed: Pointed | Pointed[]) => told(words, pointed),
  };
}

function draw(element: HTMLElement): void {
  const colours = coloursFor(element);
  const option = painted(JSON.parse(element.dataset.chart ?? "{}") as Option, colours);
  const { tiantang: words, ...rest } = option;
  const chart = drawn.get(element) ?? init(element, null, { renderer: "svg" });
  drawn.set(element, chart);
  chart.setOption({ ...rest, ...(words ? { tooltip: tooltip(words, colours) } : {}) }, { notMerge: true });
}

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) drawn.get(target as HTMLElement)?.resize();
});

const sight = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      sight.unobserve(target);
      draw(target as HTMLElement);
      sizes.observe(target);
    }
  },
  { rootMargin: "240px" },
);

function watch(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>(".chart[data-chart]")) {
    if (!drawn.has(element)) sight.observe(element);
  }
}

function forgetGone(): void {
  for (const [element, chart] of drawn) {
    if (element.isConnected) continue;
    sizes.unobserve(element);
    chart.dispose();
    drawn.delete(element);
  }
}

function redraw(): void {
  forgetGone();
  for (const element of drawn.keys()) draw(element);
}

watch(document);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
document.addEventListener("htmx:load", (event) => {
  forgetGone();
  const target = event.target as HTMLElement;
  watch(target.parentElement ?? document);
});
// A printed page has every chart, also those nobody scrolled to.
addEventListener("beforeprint", () => {
  for (const element of document.querySelectorAll<HTMLElement>(".chart[data-chart]")) draw(element);
});
