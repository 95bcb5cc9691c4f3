// Toasts: short messages at the foot of the page that leave by themselves.
const SHOWN_MS = 6000;
const UNDO_MS = 20_000;

function leaveLater(element: HTMLElement): void {
  // What can be undone or taken along is offered longer.
  const shown = element.querySelector("[form], [data-copy]") ? UNDO_MS : SHOWN_MS;
  let left = setTimeout(() => element.remove(), shown);
  const hold = () => clearTimeout(left);
  const goOn = () => {
    clearTimeout(left);
    if (!element.matches(":hover, :focus-within")) left = setTimeout(() => element.remove(), shown / 2);
  };
  // Nothing leaves under a pointer or from under the keyboard.
  element.addEventListener("pointerenter", hold);
  element.addEventListener("focusin", hold);
  element.addEventListener("pointerleave", goOn);
  element.addEventListener("focusout", () => setTimeout(goOn));
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
export function showToasts(): void {
  document.querySelectorAll<HTMLElement>("#toasts > .toast:not(.seen)").forEach((element) => {
    element.classList.add("seen");
    if (!element.classList.contains("stays")) leaveLater(element);
    else element.querySelector("[data-close]")?.addEventListener("click", () => element.remove());
  });
}
