// Writing: what is typed is kept in this browser until it has arrived, and the tools wrap the selection.
//
// <form data-draft="MEMBER:topic-12"> with one <textarea>: all its fields are kept; data-draft-over lets the draft go over what
// came with the page, data-draft-before before it. Buttons inside carry data-before and data-after;
// .draft-state shows when it was kept, [data-drop-draft] drops it; an <input type=file data-upload="/address/"> sends pictures and puts the
// Markdown from the answer {"markdown": "…"} in their place; data-insert="text" puts text at the cursor.
import { type Draft, draftOf, drop, keep } from "./drafts";
import { toast } from "./toast";

const KEEP_AFTER_MS = 800;

function insert(area: HTMLTextAreaElement, before: string, after = ""): void {
  const { selectionStart: from, selectionEnd: to, value } = area;
  area.setRangeText(before + value.slice(from, to) + after, from, to, "end");
  if (from === to && after) area.selectionStart = area.selectionEnd = from + before.length;
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

type Typed = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
const TYPED = "textarea[name], select[name], input[name=edits_seen], input[name]:not([type=hidden], [type=file])";

const isBox = (field: Typed): field is HTMLInputElement => field instanceof HTMLInputElement && field.type === "checkbox";
const isText = (field: Typed): boolean => field instanceof HTMLTextAreaElement || field.type === "text";
const typed = (form: HTMLFormElement): Typed[] => [...form.querySelectorAll<Typed>(TYPED)];
const valueOf = (field: Typed): string => (isBox(field) && !field.checked ? "" : field.value);

/** Put back what was kept. Fields that came filled in keep their words, unless the form says that the draft goes over
 * them (an edit) or before them (a quote); whether there was anything to put back. */
function bringBack(form: HTMLFormElement, draft: Draft): boolean {
  const over = "draftOver" in form.dataset;
  let back = false;
  for (const field of typed(form)) {
    const [was, now] = [draft[field.name], valueOf(field)];
    if (was === undefined || was === now) continue;
    const before = "draftBefore" in form.dataset && field instanceof HTMLTextAreaElement && !was.includes(now.trim());
    if (now && !over && !before) continue;
    if (isBox(field)) field.checked = Boolean(was);
    else field.value = now && !over ? `${was.trimEnd()}\n\n${now}` : was;
    back ||= field.name !== "edits_seen";
  }
  return back;
}

function keepDraft(form: HTMLFormElement): void {
  const key = form.dataset.draft ?? "";
  const state = form.querySelector<HTMLElement>(".draft-state");
  const out = form.querySelector<HTMLElement>("[data-drop-draft]");
  const say = (words = "") => state && (state.textContent = words);
  const save = () => {
    const fields = typed(form);
    if (fields.some((field) => isText(field) && field.value)) return keep(key, Object.fromEntries(fields.map((field) => [field.name, valueOf(field)])));
    drop(key); // everything was taken out again
    return false;
  };
  let timer: ReturnType<typeof setTimeout>;
  if (bringBack(form, draftOf(key))) {
    say(state?.dataset.back);
    out?.removeAttribute("hidden");
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => save() && say(`${state?.dataset.kept ?? ""} ${new Date().toTimeString().slice(0, 5)}`), KEEP_AFTER_MS);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    save();
    if (navigator.onLine) return;
    event.preventDefault(); // the browser's own page would take the place of what was written
    toast(document.body.dataset.offline ?? "");
  });
  out?.addEventListener("click", () => {
    clearTimeout(timer);
    drop(key);
    location.replace(location.pathname + location.search);
  });
}

async function upload(input: HTMLInputElement, area: HTMLTextAreaElement): Promise<void> {
  for (const file of input.files ?? []) {
    const body = new FormData();
    body.append("picture", file);
    const token = document.querySelector<HTMLMetaElement>("meta[name=csrf]")?.content ?? "";
    const answer = await fetch(input.dataset.upload ?? "", {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token, Accept: "application/json" },
    }).then(
      async (response) => ({ ok: response.ok, ...(await response.json().catch(() => ({}))) }),
      () => ({ ok: false, error: document.body.dataset.offline }),
    );
    if (answer.ok && answer.markdown) insert(area, `${answer.markdown}\n`);
    else toast(answer.error ?? document.body.dataset.failed ?? "");
  }
  input.value = "";
}

function prepare(form: HTMLFormElement): void {
  const area = form.querySelector("textarea");
  if (!area || form.dataset.ready) return;
  form.dataset.ready = "yes";
  if (form.dataset.draft) keepDraft(form);
  form.addEventListener("click", (event) => {
    const tool = (event.target as Element).closest<HTMLElement>("[data-before], [data-insert]");
    if (tool?.dataset.before) insert(area, tool.dataset.before, tool.dataset.after);
    else if (tool) insert(area, tool.dataset.insert ?? "");
  });
  form.querySelectorAll<HTMLInputElement>("input[data-upload]").forEach((input) =>
    input.addEventListener("change", () => upload(input, area)),
  );
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

/** Links elsewhere on the page may put text into the composer: <button data-quote="#reply" data-insert="> …">. */
function quote(event: Event): void {
  const button = (event.target as Element).closest?.<HTMLElement>("[data-quote]");
  const area = button && document.querySelector<HTMLTextAreaElement>(`${button.dataset.quote} textarea`);
  if (!button || !area) return;
  event.preventDefault();
  area.scrollIntoView({ block: "center" });
  insert(area, button.dataset.insert ?? "");
}

document.addEventListener("click", quote);

export function watchComposer(root: ParentNode): void {
  const forms = root.querySelectorAll<HTMLFormElement>("form.composer, form[data-draft]");
  forms.forEach(prepare);
}
