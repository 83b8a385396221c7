// Tells how much of the time of a check is left: whole minutes, seconds in the last two, said aloud at five and at one.
// At the end the form goes in as it stands. The server counts for itself; this only shows it.
const SLACK = 1500; // the end of the server has passed for sure

export default function countdown(line) {
  const ends = Date.now() + Number(line.dataset.left) * 1000;
  const still = line.querySelector("[data-still]");
  const aloud = line.querySelector("[role=status]");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const told = [5, 1].filter((minutes) => ends - Date.now() > minutes * 60000);
  const timer = setInterval(tick, 1000);
  tick();

  function tick() {
    const left = ends - Date.now();
    still.textContent = `, ${words(Math.max(0, Math.ceil(left / 1000)))} left`;
    while (told.length && left <= told[0] * 60000) {
      const minutes = told.shift();
      aloud.textContent = minutes === 1 ? "One minute left" : "Five minutes left";
    }
    if (left > -SLACK) return;
    clearInterval(timer);
    const wish = document.createElement("input");
    Object.assign(wish, { type: "hidden", name: "go", value: "submit" });
    const form = line.closest("form");
    form.append(wish);
    form.requestSubmit();
  }

  function words(seconds) {
    const minutes = Math.ceil(seconds / 60);
    if (seconds > 120 || (calm && minutes > 1)) return `${minutes} minutes`;
    if (calm) return "less than a minute";
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}
