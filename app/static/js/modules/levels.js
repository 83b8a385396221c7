// Level by level: a step that changes takes back what was said to the later ones, so that nothing out of sight is sent.
export default function levels(form) {
  form.addEventListener("input", (event) => {
    const step = event.target.closest(".rung");
    if (!step || event.target.type !== "radio") return;
    for (let later = step.nextElementSibling; later?.matches(".rung"); later = later.nextElementSibling) {
      for (const choice of later.querySelectorAll("input")) choice.checked = false;
    }
  }, true);
}
