// Relative times keep moving while a page is open, and are right on a page that came from a cache.
// Same words as tiantang/ui/words.py.
const WORDS: Record<string, [string, (n: number) => string, (n: number) => string]> = {
  zh: ["刚刚", (n) => `${n} 分钟前`, (n) => `${n} 小时前`],
  en: ["just now", (n) => `${n} min ago`, (n) => `${n} h ago`],
};

export function agoText(seconds: number, language: string): string | undefined {
  const [now, minutes, hours] = WORDS[language.slice(0, 2)] ?? WORDS.en;
  if (seconds < 60) return now;
  if (seconds < 3600) return minutes(Math.floor(seconds / 60));
  if (seconds < 86400) return hours(Math.floor(seconds / 3600));
  return undefined;
}

export function refreshTimes(root: ParentNode): void {
  const language = document.documentElement.lang;
  root.querySelectorAll<HTMLTimeElement>("time[data-ago]").forEach((time) => {
    const text = agoText((Date.now() - Date.parse(time.dateTime)) / 1000, language);
    if (text && text !== time.textContent) time.textContent = text;
  });
}
