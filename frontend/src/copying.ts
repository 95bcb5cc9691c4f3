// <button data-copy="text" data-copied="Copied">: puts the text on the clipboard and says so on itself.
// Browsers lend the clipboard to secure pages only; on others, like those of a house network, the text goes by selection.

function copyBySelection(text: string): boolean {
  const area = Object.assign(document.createElement("textarea"), { value: text, className: "sr", readOnly: true });
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text); // no clipboard here, or it was not allowed
  }
}

async function copy(event: Event): Promise<void> {
  const button = (event.target as Element).closest?.<HTMLElement>("[data-copy]");
  if (!button || !(await copyText(button.dataset.copy ?? ""))) return;
  button.textContent = button.dataset.copied ?? "";
  button.setAttribute("role", "status");
}

export function watchCopying(): void {
  document.addEventListener("click", copy);
}
