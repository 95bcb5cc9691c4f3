// Drafts in this browser, each under the number of whoever wrote it: "draft:12:topic-7".
// One goes when the server has taken its text: the answer then names it in the cookie "sent". A text that was refused, or sent
// after the session ended, is still there. Signing out and deleting the account take all along: elements with
// data-forget-drafts send that, or say it was done.

const PREFIX = "draft:";
let forgotten = false;

/** What stood in the fields of a form, by their names. */
export type Draft = Record<string, string>;

export function draftOf(key: string): Draft {
  try {
    const kept = localStorage.getItem(PREFIX + key) ?? "{}";
    return kept.startsWith("{") ? (JSON.parse(kept) as Draft) : { source: kept }; // as earlier releases kept them
  } catch {
    return {}; // without storage there are no drafts
  }
}

/** Keep a draft; false when this browser keeps none. */
export function keep(key: string, draft: Draft): boolean {
  if (forgotten) return false;
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function drop(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    return;
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
  drop(sent);
  document.cookie = "sent=; Max-Age=0; Path=/; SameSite=Lax";
}

export function watchDrafts(): void {
  dropSent();
  if (document.querySelector("main [data-drafts-gone]")) forgetDrafts();
  document.addEventListener("submit", ({ submitter }) => {
    if (submitter?.closest("[data-forget-drafts]")) forgetDrafts();
  });
}
