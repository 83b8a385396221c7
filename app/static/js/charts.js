// What every chart shares: the library puts a canvas in the place of the SVG once it has loaded. Without it, and on paper, the SVG stays.
export function hang(svg, config) {
  if (window.Chart) draw(svg, config);
  else document.querySelector("script[integrity]")?.addEventListener("load", () => draw(svg, config), { once: true });
}

function draw(svg, config) {
  const told = JSON.parse(svg.dataset.chart);
  const holder = document.createElement("div");
  holder.className = "radar";
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", svg.getAttribute("aria-label"));
  holder.append(canvas);
  const animation = matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 250 };
  let chart = null;

  function show() {
    svg.replaceWith(holder);
    chart?.destroy();
    const made = config(told);
    chart = new window.Chart(canvas, { ...made, options: { animation, font: font(), ...made.options } });
  }

  show();
  addEventListener("beforeprint", () => holder.replaceWith(svg));
  addEventListener("afterprint", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
}

export function colour(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

export function font() {
  return { family: getComputedStyle(document.body).fontFamily };
}

export function stroke(kind) {
  return {
    now: { borderColor: colour("accent"), borderWidth: 2.5, pointRadius: 4, pointBackgroundColor: colour("accent") },
    target: { borderColor: colour("ink"), borderWidth: 1.5, borderDash: [5, 4], pointRadius: 0 },
    before: { borderColor: colour("line-firm"), borderWidth: 1.5, pointRadius: 0 },
    ahead: { borderColor: colour("accent"), borderWidth: 2.5, borderDash: [1, 5], pointRadius: 0 },
  }[kind];
}

export function axis() {
  return { ticks: { color: colour("ink-2"), font: { ...font(), size: 12 } }, grid: { color: colour("line") } };
}
