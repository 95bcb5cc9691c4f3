// What every page runs after it is readable: htmx for parts of pages, and a few small habits.
import "./styles/tokens.css";
import "./styles/components.css";
import "./styles/site.css";
import "./styles/console.css";
import "./styles/desk.css";
import "./styles/pages.css";
import "./styles/touch.css";
import "./styles/unscripted.css";
import "./forum.css";
import "./parts";
import { closeMenus, watchMenus } from "./menu";
import { watchComposer } from "./composer";
import { watchCopying } from "./copying";
import { watchDrafts } from "./drafts";
import { watchNeeds } from "./needs";
import { showToasts, toast } from "./toast";
import { watchSpoilers } from "./spoiler";
import { refreshTimes } from "./times";
import "./forum";

// The beacon is built in as soon as its source is there.
import.meta.glob("./beacon.ts", { eager: true });

function prepare(root: ParentNode): void {
  watchSpoilers(root);
  watchComposer(root);
  watchNeeds(root);
  refreshTimes(root);
  showToasts();
}

document.documentElement.classList.add("js"); // controls that only scripts bring to life are shown from here on
watchMenus();
watchCopying();
watchDrafts();
prepare(document);
setInterval(() => refreshTimes(document), 30_000);

document.addEventListener("htmx:load", (event) => prepare(event.target as Element));
document.addEventListener("htmx:beforeSwap", closeMenus);
document.addEventListener("htmx:responseError", () => toast(document.body.dataset.failed ?? ""));
document.addEventListener("htmx:sendError", () => toast(document.body.dataset.offline ?? ""));
