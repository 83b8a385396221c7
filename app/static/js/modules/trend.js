// Lets Chart.js draw lines over quarters once it has loaded: names and values under the pointer. Without it, and on paper, the SVG stays.
export default function trend(svg) {
  if (window.Chart) draw(svg);
  else document.querySelector("script[integrity]")?.addEventListener("load", () => draw(svg), { once: true });
}

function draw(svg) {
  const { names, series } = JSON.parse(svg.dataset.chart);
  const holder = document.createElement("div");
  holder.className = "radar";
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", svg.getAttribute("aria-label"));
  holder.append(canvas);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let chart = null;

  function show() {
    svg.replaceWith(holder);
    chart?.destroy();
    chart = new window.Chart(canvas, { type: "line", data: { labels: names, datasets: series.map(dataset) }, options: options(still) });
  }

  show();
  addEventListener("beforeprint", () => holder.replaceWith(svg));
  addEventListener("afterprint", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
}

function colour(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function dataset({ kind, label, values }) {
  const lines = {
    now: { borderColor: colour("accent"), borderWidth: 2.5, pointRadius: 4, pointBackgroundColor: colour("accent") },
    target: { borderColor: colour("ink"), borderWidth: 1.5, borderDash: [5, 4], pointRadius: 0 },
    before: { borderColor: colour("line-firm"), borderWidth: 1.5, pointRadius: 0 },
    ahead: { borderColor: colour("accent"), borderWidth: 2.5, borderDash: [1, 5], pointRadius: 0 },
  };
  return { label, data: values, spanGaps: false, pointHitRadius: 12, ...lines[kind] };
}

function options(still) {
  const font = { family: getComputedStyle(document.body).fontFamily };
  const axis = { ticks: { color: colour("ink-2"), font: { ...font, size: 12 } }, grid: { color: colour("line") } };
  return {
    animation: still ? false : { duration: 250 },
    aspectRatio: 400 / 192,
    font,
    interaction: { mode: "index", intersect: false },
    plugins: { legend: { display: false }, tooltip: { bodyFont: font, titleFont: font } },
    scales: { x: axis, y: { ...axis, beginAtZero: true } },
  };
}
