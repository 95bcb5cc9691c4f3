// Builds styles and scripts into tiantang/ui/dist: hashed files, one sprite of icons, and assets.json that
// tells the templates which file has which name today.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";
import { copies, icons, names } from "./plugins.js";

const here = import.meta.dirname;
const source = (name) => resolve(here, "src", name);
const optional = { charts: source("charts.ts") };
const present = Object.fromEntries(Object.entries(optional).filter(([, path]) => existsSync(path)));

export default defineConfig({
  root: here,
  base: "./",
  publicDir: false,
  build: {
    outDir: resolve(here, "../tiantang/ui/dist"),
    emptyOutDir: true,
    assetsDir: "",
    // Nesting, layers and light-dark() are left as written; see docs/decisions/0801-styles-and-scripts.md.
    target: "es2022",
    cssTarget: ["chrome120", "firefox121", "safari17.4"],
    modulePreload: false,
    chunkSizeWarningLimit: 800, // the chart script, loaded only where charts are drawn
    rollupOptions: {
      // htmx names eval for hx-on, which htmx.config.allowEval switches off.
      onwarn: (warning, warn) => warning.code === "EVAL" || warn(warning),
      input: { app: source("app.ts"), ...present },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  plugins: [
    icons(here),
    copies({ "echarts.min.js": resolve(here, "node_modules/echarts/dist/echarts.min.js") }),
    names(),
  ],
});
