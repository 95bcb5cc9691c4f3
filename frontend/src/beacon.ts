// Tells the site that a page was really seen, and for how long. Nothing is sent for a page nobody looked at.
// Each item carries its own id, so that sending it twice counts once.

type Item = {
  id: string;
  kind: "view" | "time";
  at: number; // milliseconds since 1970 by the browser's clock
  topic?: number;
  board?: number;
  value?: number; // visible milliseconds
  source?: string;
  campaign?: string;
};

const ADDRESS = "/e/visits";
const KEPT = "visits"; // name in localStorage of what could not be sent
const MOST_KEPT = 40;
const MARK_MS = 15_000;
const LEAST_MS = 50;
const IDLE_MS = 60_000;
const DAY_MS = 86_400_000;

let shown = ""; // address whose view was told
let place: Pick<Item, "topic" | "board"> = {}; // what that page was about
let since = 0; // performance.now() from which visible time is not yet told; 0 while paused
let moved = 0; // performance.now() of the last sign of a person

/** A UUIDv7: time first, then random bits. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint32(0, Math.floor(Date.now() / 65_536));
  new DataView(bytes.buffer).setUint16(4, Date.now() % 65_536);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What page this is: the topic and board named by the body. */
function page(): Pick<Item, "topic" | "board"> {
  const { topic, board } = document.body.dataset;
  return { ...(topic && { topic: Number(topic) }), ...(board && { board: Number(board) }) };
}

/** Where the reader came from: named by the link, else another site's name. */
function origin(): Pick<Item, "source" | "campaign"> {
  const named = new URLSearchParams(location.search);
  const source = named.get("utm_source") ?? otherSite();
  const campaign = named.get("utm_campaign");
  return { ...(source && { source }), ...(campaign && { campaign }) };
}

function otherSite(): string {
  try {
    const from = shown || !document.referrer ? location : new URL(document.referrer);
    return from.host === location.host ? "" : from.host;
  } catch {
    return "";
  }
}

function letter(items: Item[]): string {
  const cookies = navigator.cookieEnabled;
  return JSON.stringify({ now: Date.now(), webdriver: navigator.webdriver, cookies, items });
}

function keep(items: Item[]): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify([...kept(), ...items].slice(-MOST_KEPT)));
  } catch {
    // Without storage, what cannot be sent is lost.
  }
}

function kept(): Item[] {
  try {
    const items: Item[] = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return items.filter((item) => Date.now() - item.at < DAY_MS);
  } catch {
    return [];
  }
}

function takeKept(): Item[] {
  const items = kept();
  try {
    localStorage.removeItem(KEPT);
  } catch {
    return [];
  }
  return items;
}

/** Send now and learn whether it arrived; what did not is kept for later. */
async function send(items: Item[]): Promise<void> {
  if (!items.length) return;
  try {
    const headers = { "Content-Type": "application/json" };
    const body = letter(items);
    const answer = await fetch(ADDRESS, { method: "POST", headers, body, keepalive: true, priority: "low" });
    if (answer.status >= 500) keep(items);
  } catch {
    keep(items);
  }
}

/** Send while the page goes away: no answer can be awaited. */
function sendLeaving(items: Item[]): void {
  const body = new Blob([letter(items)], { type: "application/json" });
  if (items.length && !navigator.sendBeacon(ADDRESS, body)) keep(items);
}

/** The visible time since the last mark, at most up to a minute after the last sign of a person. */
function mark(): Item[] {
  const now = performance.now();
  const until = Math.min(now, moved + IDLE_MS);
  const value = since ? Math.round(until - since) : 0;
  since = document.visibilityState === "visible" && now < moved + IDLE_MS ? now : 0;
  return value >= LEAST_MS ? [{ id: newId(), kind: "time", at: Date.now(), value, ...place }] : [];
}

function view(): void {
  place = page();
  const told: Item = { id: newId(), kind: "view", at: Date.now(), ...place, ...origin() };
  shown = location.href;
  void send([...takeKept(), told]);
}

/** The page can be seen now: tell it when it is new, and let time run. */
function appear(): void {
  if (document.visibilityState !== "visible") return;
  wake();
  if (shown !== location.href) view();
}

/** A sign of a person: time runs again after a pause. */
function wake(): void {
  moved = performance.now();
  if (!since && document.visibilityState === "visible") since = moved;
}

/** htmx showed another page at a new address: what was told so far belongs to the old one. */
function moveOn(): void {
  void send(mark());
  shown = shown === location.href ? "" : shown;
  appear();
}

function changeVisibility(): void {
  if (document.visibilityState === "hidden") sendLeaving(mark());
  else appear();
}

function start(): void {
  appear();
  document.addEventListener("visibilitychange", changeVisibility);
  addEventListener("pagehide", () => sendLeaving(mark()));
  addEventListener("pageshow", (event) => event.persisted && ((shown = ""), appear()));
  addEventListener("online", () => void send(takeKept()));
  for (const name of ["htmx:pushedIntoHistory", "htmx:historyRestore"]) document.addEventListener(name, moveOn);
  for (const name of ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"]) {
    addEventListener(name, wake, { passive: true, capture: true });
  }
  setInterval(() => void send(mark()), MARK_MS);
}

const state = document as Document & { prerendering?: boolean };
if (state.prerendering) document.addEventListener("prerenderingchange", start, { once: true });
else start();
