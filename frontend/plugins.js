// The three build steps that are ours: the icon sprite, plain copies, and the list of names.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ICON_CALL = /\bicon\(\s*["']([a-z0-9-]+)["']/g;

/** Every file below `folder` with the given ending. */
function* files(folder, ending) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (["node_modules", "dist", "__pycache__", "tests"].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path, ending);
    else if (entry.name.endsWith(ending)) yield path;
  }
}

/** Names written as icon("name") in templates, and those listed in icons.json for use from data. */
function usedIcons(here) {
  const used = new Set(JSON.parse(readFileSync(join(here, "icons.json"), "utf8")));
  for (const path of files(resolve(here, "../tiantang"), ".html"))
    for (const [, name] of readFileSync(path, "utf8").matchAll(ICON_CALL)) used.add(name);
  return [...used].sort();
}

function symbolOf(here, name) {
  const path = join(here, "node_modules/@tabler/icons/icons/outline", `${name}.svg`);
  if (!existsSync(path)) throw new Error(`icon("${name}") is no Tabler outline icon: see https://tabler.io/icons`);
  const svg = readFileSync(path, "utf8").replace(/<!--[\s\S]*?-->/g, "");
  const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  const shapes = inner.replace(/<path stroke="none" d="M0 0h24v24H0z"[^>]*>/, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

/** One sprite file: the icons used, the mark, the creatures that stand for members without a picture. */
export function icons(here) {
  return {
    name: "icons",
    generateBundle() {
      const own = readFileSync(join(here, "src/drawings.svg"), "utf8").trim().replace(/\s*\n\s*/g, "");
      const symbols = usedIcons(here).map((name) => symbolOf(here, name)).join("");
      const sprite = own.replace("</svg>", `${symbols}</svg>`);
      this.emitFile({ type: "asset", name: "icons.svg", source: sprite });
      this.emitFile({ type: "asset", name: "mark.svg", source: readFileSync(join(here, "src/mark.svg")) });
    },
  };
}

/** Files taken as they are, under their own names. */
export function copies(sources) {
  return {
    name: "copies",
    generateBundle() {
      for (const [fileName, path] of Object.entries(sources))
        this.emitFile({ type: "asset", fileName, source: readFileSync(path) });
    },
  };
}

/** assets.json: {"app.css": "app-3fa1.css", …}, which the templates' asset() reads. */
export function names() {
  return {
    name: "names",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const list = {};
        for (const part of Object.values(bundle)) {
          if (part.type === "chunk" && part.isEntry) list[`${part.name}.js`] = part.fileName;
          if (part.type === "asset") list[part.names?.[0] ?? part.fileName] = part.fileName;
        }
        this.emitFile({ type: "asset", fileName: "assets.json", source: JSON.stringify(list, null, 1) });
      },
    },
  };
}
