// Tells the site that a lesson was opened, and, once the reader has moved, at which heading they are.
const WAIT = 2500;

export default function visit(element) {
  const token = document.querySelector("[name=csrf_token]").value;
  const section = document.querySelector("#my-notes form[action$=notes]"); // a note is about what is being read
  let moved = false;
  let place = "";
  let told = "";
  let timer = 0;

  const tell = () => {
    clearTimeout(timer);
    if (moved && place === told) return;
    told = place;
    const body = new URLSearchParams({ heading: place });
    fetch(element.dataset.visit, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" }, keepalive: true }).catch(() => {});
  };

  const seen = new IntersectionObserver((entries) => {
    const last = entries.filter((entry) => entry.isIntersecting).pop();
    if (!last || !moved) return;
    place = last.target.id;
    if (section && !section.matches(":focus-within")) section.elements.section.value = place;
    clearTimeout(timer);
    timer = setTimeout(tell, WAIT);
  }, { rootMargin: "0px 0px -55% 0px" });

  tell();
  document.addEventListener("scroll", () => {
    if (moved) return;
    moved = true;
    for (const heading of element.querySelectorAll("h2[id]")) seen.observe(heading);
  }, { passive: true });
  addEventListener("pagehide", () => { if (moved) tell(); });
}
