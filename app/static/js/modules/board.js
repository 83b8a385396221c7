// Lets a card be dragged into another quarter; dropping it sends the form that stands on the card anyway.
export default function board(element) {
  let dragged = null;
  for (const card of element.querySelectorAll(".task:has(form)")) {
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      dragged = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    card.addEventListener("dragend", () => {
      dragged = null;
    });
  }
  for (const quarter of element.querySelectorAll("[data-quarter]")) {
    quarter.addEventListener("dragover", (event) => {
      if (dragged && !quarter.contains(dragged)) event.preventDefault();
    });
    quarter.addEventListener("drop", (event) => {
      event.preventDefault();
      const form = dragged?.querySelector("form");
      if (!form || quarter.contains(dragged)) return;
      form.elements.quarter.value = quarter.dataset.quarter;
      form.requestSubmit();
    });
  }
}
