// Lets Chart.js draw a radar, or lines over rounds, once it has loaded: names and values under the pointer. Without it, and on paper, the SVG stays.
export default function radar(svg) {
  if (window.Chart) draw(svg);
  else document.querySelector("script[integrity]")?.addEventListener("load", () => draw(svg), { once: true });
}

function draw(svg) {
  const { axes, series, type = "radar", breaks = [] } = JSON.parse(svg.dataset.chart);
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
    chart = new window.Chart(canvas, { type, data: { labels: axes, datasets: series.map((one) => dataset(one, type, breaks)) }, options: options(still, type) });
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

function dataset({ kind, label, values }, type, breaks) {
  const lines = {
    now: { borderColor: colour("accent"), borderWidth: 2.5, pointRadius: 4, pointBackgroundColor: colour("accent"), fill: true },
    target: { borderColor: colour("ink"), borderWidth: 1.5, borderDash: [5, 4], pointRadius: 0 },
    before: { borderColor: colour("line-firm"), borderWidth: 1.5, pointRadius: 0 },
    ahead: { borderColor: colour("accent"), borderWidth: 2.5, borderDash: [1, 5], pointRadius: 0 },
  };
  const soft = colour("accent").replaceAll(",", "").replace(")", " / 0.16)");
  const own = type === "line" ? { fill: false, spanGaps: false, segment: { borderColor: ({ p1DataIndex }) => (breaks.includes(p1DataIndex) ? "transparent" : undefined) } } : {};
  return { label, data: values, fill: false, pointHitRadius: 12, backgroundColor: soft, ...lines[kind], ...own };
}

function options(still, type) {
  const font = { family: getComputedStyle(document.body).fontFamily };
  return {
    animation: still ? false : { duration: 250 },
    aspectRatio: type === "line" ? 400 / 184 : 400 / 352,
    font,
    plugins: {
      legend: { display: false },
      tooltip: { bodyFont: font, titleFont: font, callbacks: { label: ({ dataset, raw }) => ` ${dataset.label}: ${raw.toFixed(2)}` } },
    },
    scales: type === "line" ? straight(font) : {
      r: {
        min: 0, max: 5,
        ticks: { stepSize: 1, color: colour("ink-2"), backdropColor: colour("ground"), font: { ...font, size: 12 } },
        grid: { color: colour("line") }, angleLines: { color: colour("line") },
        pointLabels: { color: colour("ink"), font: { ...font, size: 15, weight: 650 } },
      },
    },
  };
}

function straight(font) {
  const axis = { ticks: { color: colour("ink-2"), font: { ...font, size: 12 } }, grid: { color: colour("line") } };
  return { x: { ...axis, offset: false }, y: { ...axis, min: 1, max: 5, ticks: { ...axis.ticks, stepSize: 1 } } };
}
