// Asks once a second whether a file was saved, and loads the page again when one was; the place on the page stays.
const shown = document.body.dataset.stamp;
const open = new Set(JSON.parse(sessionStorage.getItem("open") || "[]"));
const parts = [...document.querySelectorAll("details")];
parts.forEach((part, place) => { part.open = open.has(place); });

setInterval(async () => {
  try {
    const told = await (await fetch("/stamp")).json();
    if (told.stamp !== shown) {
      sessionStorage.setItem("open", JSON.stringify(parts.flatMap((part, place) => (part.open ? [place] : []))));
      location.reload();
    }
  } catch { /* the preview was stopped; the page stays readable */ }
}, 1000);
