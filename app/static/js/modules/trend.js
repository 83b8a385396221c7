// Lets Chart.js draw lines over quarters: names and values under the pointer.
import { axis, font, hang, stroke } from "../charts.js";

export default function trend(svg) {
  hang(svg, ({ names, series }) => ({ type: "line", data: { labels: names, datasets: series.map(dataset) }, options: options() }));
}

function dataset({ kind, label, values }) {
  return { label, data: values, spanGaps: false, pointHitRadius: 12, ...stroke(kind) };
}

function options() {
  const words = font();
  return {
    aspectRatio: 400 / 192,
    interaction: { mode: "index", intersect: false },
    plugins: { legend: { display: false }, tooltip: { bodyFont: words, titleFont: words } },
    scales: { x: axis(), y: { ...axis(), beginAtZero: true } },
  };
}
