// Saves each answer as it changes. Says "Saved" only after the server said so; tries again while it cannot be reached.
// Without a connection answers wait on the page and go out as soon as there is one again.
const WAIT = 600;
const LONGEST = 30000;
const SIGNED_OUT = "You are signed out. Sign in in another tab; your text stays here.";
const ENDS = { 400: "This page is too old to save. Copy what you wrote, then reload it.", 404: "This round is no longer open to you." };

export default function autosave(form) {
  const told = form.querySelector("[data-saved]");
  const token = form.querySelector("[name=csrf_token]").value;
  const waiting = new Map();
  const unfinished = new Map(); // items asked level by level whose answer is still to be said
  let busy = false;
  let stopped = false;
  let signedOut = false;
  let delay = 1000;
  const onItsWay = new AbortController();

  form.addEventListener("input", (event) => {
    const item = event.target.closest("[data-item]");
    if (!item || stopped) return;
    const quiet = event.target.matches("textarea, [type=text]");
    clearTimeout(waiting.get(item)?.timer);
    waiting.set(item, { timer: setTimeout(send, quiet ? WAIT : 0) });
    if (!signedOut) tell(navigator.onLine ? "Saving" : unsaved(), navigator.onLine ? "" : "warn");
  });

  // Back from signing in elsewhere: what waited is sent now.
  window.addEventListener("focus", send);
  window.addEventListener("online", () => { delay = 1000; send(); });
  window.addEventListener("offline", () => { if (!stopped) tell(unsaved(), "warn"); });

  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) { // the browser would leave the page, and what waits on it, for one of its own
      event.preventDefault();
      tell(unsaved(), "warn");
      return;
    }
    stop(); // the form itself carries every answer now, and a save that comes after it could be refused
    onItsWay.abort();
  });

  window.addEventListener("beforeunload", (event) => {
    if (!stopped && (busy || waiting.size)) event.preventDefault();
  });

  async function send() {
    if (busy || stopped || !waiting.size) return;
    busy = true;
    const [item] = waiting.keys();
    const change = waiting.get(item);
    try {
      const answer = await fetch(`${form.getAttribute("action")}save`, {
        method: "POST", body: fields(item), headers: { "X-CSRFToken": token, Accept: "application/json" }, redirect: "error", signal: onItsWay.signal,
      });
      await take(answer, item, change);
      delay = 1000;
    } catch {
      if (stopped) return;
      tell(unsaved(), "warn");
      setTimeout(send, delay);
      delay = Math.min(delay * 2, LONGEST);
      busy = false;
      return;
    }
    busy = false;
    if (waiting.size && !signedOut) send();
  }

  async function take(answer, item, change) {
    if (answer.status >= 500 || answer.status === 429) throw new Error("later");
    signedOut = answer.status === 401;
    if (signedOut) {
      tell(SIGNED_OUT, "warn");
      return;
    }
    if (waiting.get(item) === change) waiting.delete(item);
    if (!answer.ok) {
      const said = await answer.json().catch(() => ({}));
      if (answer.status !== 422) stop();
      tell(said.error || ENDS[answer.status] || "Not saved. Reload the page and try again.", "warn");
      return;
    }
    const said = await answer.json();
    counter(item).value = Math.max(Number(counter(item).value), said.counter);
    if (!said.saved) {
      waiting.set(item, change);
      return;
    }
    if (said.still) unfinished.set(item, said.still); else unfinished.delete(item);
    const [still] = unfinished.values();
    tell(waiting.size ? "Saving" : still || `Saved ${said.at}`, still ? "warn" : "");
    count(said);
  }

  function fields(item) {
    const data = new URLSearchParams();
    for (const control of item.querySelectorAll("input, select, textarea")) {
      if (control.type === "hidden" || (["radio", "checkbox"].includes(control.type) && !control.checked)) continue;
      data.append(control.name, control.value);
    }
    counter(item).value = Number(counter(item).value) + 1;
    data.append("counter", counter(item).value);
    return data;
  }

  function unsaved() {
    if (navigator.onLine) return "Not saved – retrying";
    if (!waiting.size) return "You are offline. Go on answering; it is saved when you are back.";
    return `You are offline. ${waiting.size === 1 ? "One answer waits" : `${waiting.size} answers wait`} on this page; keep it open.`;
  }

  function counter(item) {
    return item.querySelector("[type=hidden]");
  }

  function tell(words, sign) {
    told.textContent = words;
    told.classList.toggle("not-saved", sign === "warn");
    told.classList.toggle("offline", !navigator.onLine);
  }

  function stop() {
    stopped = true;
    waiting.clear();
  }

  function count(said) {
    const meter = document.querySelector("aside .meter");
    const spared = document.querySelector("[data-spared]");
    if (spared) spared.textContent = said.spared;
    form.querySelector("[data-left]").textContent = said.left_here;
    document.querySelector("[data-answered]").textContent = said.answered;
    if (meter) meter.value = said.answered;
    if (meter?.nextElementSibling) meter.nextElementSibling.textContent = said.answered === said.total ? "all answered" : `${said.total - said.answered} left`;
  }
}
