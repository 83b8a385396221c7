// Starts the module named in data-module on each element that asks for one. Pages work without any of them.
for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(" ")) {
    import(`./modules/${name}.js`).then((module) => module.default(element));
  }
}
