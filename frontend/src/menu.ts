// Menus are <details class="menu">: they open without script; script closes them again.
const OPEN = "details.menu[open]";

export function closeMenus(): void {
  document.querySelectorAll<HTMLDetailsElement>(OPEN).forEach((menu) => (menu.open = false));
}

function closeOthers(event: Event): void {
  const inside = (event.target as Element).closest?.("details.menu");
  document.querySelectorAll<HTMLDetailsElement>(OPEN).forEach((menu) => {
    if (menu !== inside) menu.open = false;
  });
}

/** Walking out by keyboard shuts the menu that was walked through. */
function closeLeft({ target, relatedTarget }: FocusEvent): void {
  const menu = (target as Element).closest?.<HTMLDetailsElement>(OPEN);
  if (menu && relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
}

function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  const open = document.querySelector<HTMLDetailsElement>(OPEN);
  if (open) {
    open.open = false;
    open.querySelector("summary")?.focus();
  } else if (location.hash === "#drawer") location.hash = "#shut";
}

export function watchMenus(): void {
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusout", closeLeft);
  document.addEventListener("keydown", closeOnEscape);
}
