// Drafts in this browser, each under the number of whoever wrote it: "draft:12:topic-7".
// One goes when the server has taken its text: the answer then names it in the cookie "sent". A text that was refused, or sent
// after the session ended, is still there. Signing out and deleting the account take all along: elements with
// data-forget-drafts send that, or say it was done.

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

function dropSent(): void {
  const sent = document.cookie.match(/(?:^|; )sent=([^;]+)/)?.[1];
  if (!sent) return;
  keep(sent, "");
  document.cookie = "sent=; Max-Age=0; Path=/; SameSite=Lax";
}

export function watchDrafts(): void {
  dropSent();
  if (document.querySelector("main [data-drafts-gone]")) forgetDrafts();
  document.addEventListener("submit", ({ submitter }) => {
    if (submitter?.closest("[data-forget-drafts]")) forgetDrafts();
  });
}
