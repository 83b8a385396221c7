// Keeps the answers of a check on the server while somebody works, one question at a time, and says so only when the server did.
export default function check(form) {
  const said = form.querySelector("[data-said]");
  const changed = new Set();
  let busy = false;
  let handedIn = false;
  const onItsWay = new AbortController();

  function fieldsOf(question) {
    const body = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (name === "csrf_token" || name === question || name.startsWith(`${question}.`) || name.startsWith(`${question}~`)) body.append(name, value);
    }
    body.append("question", question);
    return body;
  }

  async function save() {
    if (busy || !changed.size) return;
    busy = true;
    while (changed.size && !handedIn) {
      const question = changed.values().next().value;
      changed.delete(question);
      said.textContent = "Saving";
      try {
        const answer = await fetch(form.dataset.save, { method: "POST", body: fieldsOf(question), headers: { Accept: "application/json" }, signal: onItsWay.signal });
        if (answer.status >= 500) throw new Error("busy");
        if (answer.status === 401) {
          changed.add(question);
          said.textContent = "You are signed out. Sign in in another tab; your text stays here.";
          break;
        }
        const told = await answer.json().catch(() => ({}));
        said.textContent = told.said || "Not saved. Reload the page.";
        if (told.over) window.location.reload();
      } catch {
        if (handedIn) break;
        changed.add(question);
        said.textContent = "Not saved, retrying";
        await new Promise((resolve) => window.setTimeout(resolve, 3000));
      }
    }
    busy = false;
  }

  window.addEventListener("focus", save); // back from signing in elsewhere
  form.addEventListener("submit", () => {
    handedIn = true; // the form itself carries every answer now, and a save that comes after it would be refused
    onItsWay.abort();
  });
  form.addEventListener("change", (event) => {
    const question = event.target.closest("fieldset")?.id;
    if (question) {
      changed.add(question);
      save();
    }
  });
}
