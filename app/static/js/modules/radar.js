// Lets Chart.js draw a radar, or lines over rounds: names and values under the pointer.
import { axis, colour, font, hang, stroke } from "../charts.js";

export default function radar(svg) {
  hang(svg, ({ axes, series, type = "radar", breaks = [] }) => ({
    type, data: { labels: axes, datasets: series.map((one) => dataset(one, type, breaks)) }, options: options(type),
  }));
}

function dataset({ kind, label, values }, type, breaks) {
  const soft = colour("accent").replaceAll(",", "").replace(")", " / 0.16)");
  const own = type === "line" && kind !== "target" ? { spanGaps: false, segment: { borderColor: ({ p1DataIndex }) => (breaks.includes(p1DataIndex) ? "transparent" : undefined) } } : {};
  return { label, data: values, fill: type === "radar" && kind === "now", pointHitRadius: 12, backgroundColor: soft, ...stroke(kind), ...own };
}

function options(type) {
  const words = font();
  return {
    aspectRatio: type === "line" ? 400 / 184 : 400 / 352,
    plugins: {
      legend: { display: false },
      tooltip: { bodyFont: words, titleFont: words, callbacks: { label: ({ dataset, raw }) => ` ${dataset.label}: ${raw.toFixed(2)}` } },
    },
    scales: type === "line" ? straight() : {
      r: {
        min: 0, max: 5,
        ticks: { stepSize: 1, color: colour("ink-2"), backdropColor: colour("ground"), font: { ...words, size: 12 } },
        grid: { color: colour("line") }, angleLines: { color: colour("line") },
        pointLabels: { color: colour("ink"), font: { ...words, size: 15, weight: 650 } },
      },
    },
  };
}

function straight() {
  const line = axis();
  return { x: { ...line, offset: false }, y: { ...line, min: 1, max: 5, ticks: { ...line.ticks, stepSize: 1 } } };
}
