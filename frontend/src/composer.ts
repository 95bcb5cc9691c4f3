// Writing: what is typed is kept in this browser until it has arrived, and the tools wrap the selection.
//
// <form data-draft="MEMBER:topic-12"> with one <textarea>; buttons inside carry data-before and data-after;
// .draft-state shows when it was kept; an <input type=file data-upload="/address/"> sends pictures and puts the
// Markdown from the answer {"markdown": "…"} in their place; data-insert="text" puts text at the cursor.
import { draftOf, keep } from "./drafts";
import { toast } from "./toast";

const KEEP_AFTER_MS = 800;

function insert(area: HTMLTextAreaElement, before: string, after = ""): void {
  const { selectionStart: from, selectionEnd: to, value } = area;
  area.setRangeText(before + value.slice(from, to) + after, from, to, "end");
  if (from === to && after) area.selectionStart = area.selectionEnd = from + before.length;
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function keepDraft(form: HTMLFormElement, area: HTMLTextAreaElement): void {
  const key = form.dataset.draft ?? "";
  const state = form.querySelector<HTMLElement>(".draft-state");
  const kept = draftOf(key);
  if (kept && !area.value) area.value = kept;
  let timer: ReturnType<typeof setTimeout>;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (keep(key, area.value) && state) state.textContent = `${state.dataset.kept ?? ""} ${new Date().toTimeString().slice(0, 5)}`;
    }, KEEP_AFTER_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    keep(key, area.value);
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
  if (form.dataset.draft) keepDraft(form, area);
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
