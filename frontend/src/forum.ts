// The forum's own habits: pictures into the composer, preview, quoting, how far one has read.
import { watchSpoilers } from "./spoiler";
import { toast } from "./toast";

function token(): string {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") as Record<string, string>;
  return headers["X-CSRFToken"] ?? "";
}

function insert(area: HTMLTextAreaElement, text: string): void {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Pictures stand in paragraphs of their own, wherever the cursor was. */
function insertParagraph(area: HTMLTextAreaElement, text: string): void {
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  const above = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const below = after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  insert(area, above + text + below);
}

// Pictures: chosen, dropped or pasted. The line "![…](uploading)" holds their place until they are there.

function send(address: string, file: File, progress: HTMLProgressElement | null): Promise<{ markdown?: string; error?: string }> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("picture", file);
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", token());
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (progress) progress.value = (100 * event.loaded) / event.total;
    };
    request.onload = () => resolve(request.response ?? { error: document.body.dataset.failed });
    request.onerror = () => resolve({ error: document.body.dataset.offline });
    request.send(body);
  });
}

async function upload(form: HTMLFormElement, files: Iterable<File>): Promise<void> {
  const area = form.querySelector("textarea");
  const address = form.querySelector<HTMLInputElement>("[data-pictures]")?.dataset.pictures;
  const progress = form.querySelector<HTMLProgressElement>("progress.upload");
  if (!area || !address) return;
  for (const file of files) {
    if (!file.type.startsWith("image/")) continue;
    if (progress) progress.hidden = false;
    const answer = await send(address, file, progress);
    if (answer.markdown) insertParagraph(area, answer.markdown);
    else toast(answer.error ?? document.body.dataset.failed ?? "");
  }
  if (progress) progress.hidden = true;
}

function composerOf(event: Event): HTMLFormElement | null {
  return (event.target as Element).closest?.<HTMLFormElement>("form.composer") ?? null;
}

// A refusal has been read once somebody mends the field it stands at: it goes, the next sending judges again.

document.addEventListener("input", (event) => {
  const field = event.target as HTMLElement;
  if (field.getAttribute?.("aria-invalid") !== "true") return;
  field.removeAttribute("aria-invalid");
  field.closest(".field")?.querySelectorAll(".error").forEach((error) => error.remove());
});

document.addEventListener("change", (event) => {
  const input = event.target as HTMLInputElement;
  const form = composerOf(event);
  if (!form || input.dataset.pictures === undefined) return;
  void upload(form, [...(input.files ?? [])]).then(() => (input.value = ""));
});
document.addEventListener("paste", (event) => {
  const form = composerOf(event);
  const files = [...(event.clipboardData?.files ?? [])];
  if (!form || !files.length) return;
  event.preventDefault();
  void upload(form, files);
});
document.addEventListener("dragover", (event) => {
  if (composerOf(event) && event.dataTransfer?.types.includes("Files")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const form = composerOf(event);
  const files = [...(event.dataTransfer?.files ?? [])];
  if (!form || !files.length) return;
  event.preventDefault();
  void upload(form, files);
});

// Preview: the text as it will look, in place of the field; the same button leads back.

function wordsOf(page: string): string {
  return new DOMParser().parseFromString(page, "text/html").body.textContent?.trim() ?? "";
}

async function preview(form: HTMLFormElement): Promise<void> {
  const area = form.querySelector("textarea");
  const shown = form.querySelector<HTMLElement>(".preview");
  if (!area || !shown) return;
  if (!shown.hidden) {
    shown.hidden = true;
    form.classList.remove("previewing");
    area.focus();
    return;
  }
  const body = new URLSearchParams({ source: area.value });
  const headers = { "X-CSRFToken": token(), "HX-Request": "true" };
  const answer = await fetch(form.dataset.preview ?? "", { method: "POST", body, headers }).catch(() => null);
  if (answer?.status === 422) return toast(wordsOf(await answer.text())); // refused, with the reason
  if (!answer) return toast(document.body.dataset.offline ?? "");
  if (!answer.ok) return toast(document.body.dataset.failed ?? "");
  shown.innerHTML = await answer.text(); // sanitised by the server, as everything that is published
  watchSpoilers(shown);
  shown.hidden = false;
  form.classList.add("previewing");
}

// Quoting: the selected words, else the beginning of the post, with a link to where they stand.

/** Words of the page as one would write them: what a spoiler covers stands between bars again. */
function wordsAsWritten(post: HTMLElement, content: DocumentFragment, covered: boolean): string {
  const holder = document.createElement("div");
  holder.className = "sr"; // part of the page for a moment, as only drawn text knows its lines
  holder.append(content);
  holder.querySelectorAll(".spoiler").forEach((spoiler) => spoiler.replaceWith(`||${spoiler.textContent?.trim()}||`));
  post.append(holder);
  const words = holder.innerText.trim();
  holder.remove();
  return covered ? `||${words.replaceAll("||", "")}||` : words;
}

function quotedWords(post: HTMLElement): string {
  const selection = getSelection();
  if (selection && !selection.isCollapsed && post.contains(selection.anchorNode)) {
    const range = selection.getRangeAt(0);
    const around = range.commonAncestorContainer;
    const element = around instanceof Element ? around : around.parentElement;
    return wordsAsWritten(post, range.cloneContents(), Boolean(element?.closest(".spoiler")));
  }
  const whole = document.createRange();
  whole.selectNodeContents(post.querySelector(".body") ?? post);
  const words = wordsAsWritten(post, whole.cloneContents(), false).slice(0, 400);
  return words.split("||").length % 2 ? words : `${words}||`; // cut off within a spoiler
}

function quote(link: HTMLAnchorElement): boolean {
  const area = document.querySelector<HTMLTextAreaElement>("#reply textarea");
  const post = link.closest<HTMLElement>(".post");
  if (!area || !post) return false;
  const words = quotedWords(post).trim();
  const name = (post.querySelector<HTMLElement>("header .who")?.innerText ?? "").replace(/[[\]\\`*_]/g, "\\$&");
  const lines = words.split(/\n+/).map((line) => `> ${line}`);
  const source = `> [${name} #${post.dataset.floor}](/p/${link.dataset.quotePost}/)`;
  location.hash = "reply";
  area.selectionStart = area.selectionEnd = area.value.length;
  insert(area, `${area.value && !area.value.endsWith("\n") ? "\n\n" : ""}${[source, ...lines].join("\n")}\n\n`);
  area.focus();
  return true;
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const form = composerOf(event);
  if (form?.dataset.preview && target.closest("[name=preview]")) {
    event.preventDefault();
    void preview(form);
  }
  const link = target.closest<HTMLAnchorElement>("[data-quote-post]");
  if (link && quote(link)) event.preventDefault();
});

// On phones the composer is docked: the link opens it, and typing starts at once.
addEventListener("hashchange", () => {
  if (location.hash === "#reply") document.querySelector<HTMLTextAreaElement>("#reply textarea")?.focus();
});

document.addEventListener("keydown", (event) => {
  const shut = event.key === "Escape" && document.querySelector<HTMLElement>("#reply:target > .shut");
  if (!shut || !shut.offsetParent) return; // on wide screens it stands in the page and is not shut
  shut.click();
  document.querySelector<HTMLElement>(".composer-dock .fake")?.focus();
});

// How far one has read: the highest floor that was on screen, told two seconds later and when leaving.

const SETTLED_MS = 2000;

function watchReading(posts: HTMLElement): void {
  const address = posts.dataset.read;
  if (!address) return;
  let told = Number(posts.dataset.seen ?? 0);
  let seen = told;
  let timer: ReturnType<typeof setTimeout>;
  const tell = () => {
    if (seen <= told) return;
    told = seen;
    const body = new URLSearchParams({ number: String(seen) });
    void fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() }, keepalive: true });
  };
  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting) seen = Math.max(seen, Number((target as HTMLElement).dataset.floor));
    clearTimeout(timer);
    timer = setTimeout(tell, SETTLED_MS);
  });
  posts.querySelectorAll<HTMLElement>("[data-floor]").forEach((post) => watcher.observe(post));
  addEventListener("pagehide", tell);
}

document.querySelectorAll<HTMLElement>(".posts[data-read]").forEach(watchReading);
