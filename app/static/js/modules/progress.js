// Asks every two seconds how far a plan is, moves the bar, and loads the page again when there is more to see.
export default function progress(element) {
  const { href, stage } = element.dataset;
  const bar = element.querySelector("progress");
  const words = element.querySelector("[data-says]");
  const look = async () => {
    const now = await fetch(href, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null);
    if (!now) {
      setTimeout(look, 5000); // one lost answer is no reason to stop looking
      return;
    }
    if (now.stage !== stage) {
      location.reload();
      return;
    }
    if (bar) bar.value = now.progress;
    if (words && now.says) words.textContent = now.says;
    setTimeout(look, 2000);
  };
  setTimeout(look, 1500);
}
