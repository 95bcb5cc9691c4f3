// Spoilers are buttons: covered until asked for, readable by keyboard; until then a screen reader says only that they are there.
/** What is covered stands in elements, which the style hides from everybody; loose words are wrapped. */
function wrapWords(spoiler: HTMLElement): void {
  if (![...spoiler.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())) return;
  const words = document.createElement("span");
  words.append(...spoiler.childNodes);
  spoiler.append(words);
}

function cover(spoiler: HTMLElement): void {
  spoiler.setAttribute("aria-label", document.body.dataset.spoiler ?? "");
}

function uncover(spoiler: HTMLElement): void {
  const open = spoiler.classList.toggle("open");
  spoiler.setAttribute("aria-expanded", String(open));
  if (open) spoiler.removeAttribute("aria-label");
  else cover(spoiler);
}

export function watchSpoilers(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>(".spoiler:not([aria-expanded])").forEach((spoiler) => {
    spoiler.setAttribute("aria-expanded", "false");
    spoiler.setAttribute("role", "button");
    spoiler.tabIndex = 0;
    wrapWords(spoiler);
    cover(spoiler);
    spoiler.addEventListener("click", () => uncover(spoiler));
    spoiler.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      uncover(spoiler);
    });
  });
}
