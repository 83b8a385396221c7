// Single keys for those who want them (Settings turns them off): / searches, ? helps, n p o b in a lesson, s and numbers in the review.
const LINKS = { "/": 'a[href="/search"]', "?": 'a[href="/help/"]', n: "a[rel=next]", ".": "a[rel=next]", p: "a[rel=prev]", ",": "a[rel=prev]" };
const TYPING = "input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]";

export default function keys(body) {
  body.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
    const act = meant(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function meant(key) {
  const field = key === "/" && document.querySelector("main input[name=q]");
  if (field) return () => field.select();
  if (key === "o" && document.querySelector(".outline")) return outline;
  const options = document.querySelectorAll("[data-card] input:is([type=radio], [type=checkbox])");
  const target = document.querySelector(LINKS[key] || `[data-key="${CSS.escape(key)}"]`) || options[Number(key) - 1];
  return target && (() => target.click());
}

function outline() {
  const folded = document.querySelector(".outline summary");
  if (folded.checkVisibility()) folded.parentElement.open = true;
  document.querySelector(".outline [aria-current]").focus();
}
