// The big screen of a workshop: how long the room has been at an item, and the arrow keys or a presenter to go on.
export default function workshop(element) {
  const since = Date.parse(element.dataset.since);
  const tick = () => {
    const seconds = Math.max(0, Math.round((Date.now() - since) / 1000));
    element.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} on this item`;
  };
  tick();
  setInterval(tick, 1000);

  const same = { PageDown: "ArrowRight", PageUp: "ArrowLeft" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const button = document.querySelector(`[data-key="${same[event.key] || event.key}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
}
