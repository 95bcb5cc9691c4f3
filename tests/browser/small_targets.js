// What can be pressed and is hit in less than `room` pixels either way; links within a sentence are excepted.
(room) => {
  const REACH = 30;
  const found = new Set();
  const inSentence = (node) =>
    node.tagName === "A" &&
    getComputedStyle(node).display === "inline" &&
    [...node.parentElement.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim().length > 1);
  const reach = (hits) => {
    let far = 0;
    while (far < REACH && hits(far + 1)) far += 1;
    return far;
  };
  for (const node of document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea, label.tool")) {
    if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (node.closest(".sr") || node.matches(".skip") || inSentence(node)) continue;
    node.scrollIntoView({ block: "center", inline: "center" });
    const box = node.getBoundingClientRect();
    if (!box.width) continue;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const hit = (left, top) => {
      const there = document.elementFromPoint(left, top);
      return there && (node.contains(there) || [...(node.labels ?? [])].some((label) => label.contains(there)));
    };
    if (!hit(x, y)) continue; // a link over several lines, or under something that covers it
    const wide = reach((far) => hit(x - far, y)) + reach((far) => hit(x + far, y)) + 1;
    const high = reach((far) => hit(x, y - far)) + reach((far) => hit(x, y + far)) + 1;
    if (Math.min(wide, high) < room - 1) found.add(`${wide}x${high} ${node.tagName}.${node.className} in ${node.parentElement.tagName}.${node.parentElement.className}`);
  }
  return [...found];
}
