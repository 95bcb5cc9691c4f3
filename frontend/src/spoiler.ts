// Spoilers are buttons: covered until asked for, readable by keyboard.
function uncover(spoiler: HTMLElement): void {
  const open = spoiler.classList.toggle("open");
  spoiler.setAttribute("aria-expanded", String(open));
}

export function watchSpoilers(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>(".spoiler:not([aria-expanded])").forEach((spoiler) => {
    spoiler.setAttribute("aria-expanded", "false");
    spoiler.setAttribute("role", "button");
    spoiler.tabIndex = 0;
    spoiler.addEventListener("click", () => uncover(spoiler));
    spoiler.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      uncover(spoiler);
    });
  });
}
