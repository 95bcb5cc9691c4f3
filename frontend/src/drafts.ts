// Drafts in this browser, each under the number of whoever wrote it: "draft:12:topic-7".
// Signing out and deleting the account take them along: elements with data-forget-drafts send that, or say it was done.

const PREFIX = "draft:";
let forgotten = false;

export function draftOf(key: string): string {
  try {
    return localStorage.getItem(PREFIX + key) ?? "";
  } catch {
    return ""; // without storage there are no drafts
  }
}

/** Keep a draft, or drop it when it is empty; false when this browser keeps none. */
export function keep(key: string, text: string): boolean {
  if (forgotten) return false;
  try {
    if (text) localStorage.setItem(PREFIX + key, text);
    else localStorage.removeItem(PREFIX + key);
    return true;
  } catch {
    return false;
  }
}

function forgetDrafts(): void {
  forgotten = true;
  try {
    Object.keys(localStorage)
      .filter((name) => name.startsWith(PREFIX))
      .forEach((name) => localStorage.removeItem(name));
  } catch {
    return;
  }
}

export function watchDrafts(): void {
  if (document.querySelector("main [data-drafts-gone]")) forgetDrafts();
  document.addEventListener("submit", ({ submitter }) => {
    if (submitter?.closest("[data-forget-drafts]")) forgetDrafts();
  });
}
