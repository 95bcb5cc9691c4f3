// Toasts: short messages at the foot of the page that leave by themselves.
const SHOWN_MS = 6000;
const UNDO_MS = 20_000;

function leaveLater(element: HTMLElement): void {
  // What can be undone is offered longer.
  const shown = element.querySelector("[form]") ? UNDO_MS : SHOWN_MS;
  let left = setTimeout(() => element.remove(), shown);
  element.addEventListener("pointerenter", () => clearTimeout(left));
  element.addEventListener("pointerleave", () => (left = setTimeout(() => element.remove(), shown / 2)));
  element.querySelector("[data-close]")?.addEventListener("click", () => element.remove());
}

/** Show a message that the server did not put on the page. */
export function toast(text: string): void {
  const region = document.querySelector("#toasts");
  if (!region || !text) return;
  const element = document.createElement("div");
  element.className = "ticket toast short";
  element.append(Object.assign(document.createElement("p"), { textContent: text }));
  region.append(element);
  leaveLater(element);
}

/** Give those that came with the page their time. Errors stay until closed. */
export function showToasts(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("#toasts > .toast:not(.seen)").forEach((element) => {
    element.classList.add("seen");
    if (!element.classList.contains("stays")) leaveLater(element);
    else element.querySelector("[data-close]")?.addEventListener("click", () => element.remove());
  });
}
