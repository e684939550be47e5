// Draws every point of a kind of data, to be zoomed: over the text that stands there without a script.
import uPlot from '/assets/uplot.mjs';

const place = document.getElementById('points');
const buttons = document.getElementById('points-zoom');
const span = document.getElementById('points-span');
// Read at every drawing: the light of the device may change under an open page.
const color = (name) => () => getComputedStyle(place).getPropertyValue(name).trim();

async function draw() {
  const answer = await fetch(place.dataset.from);
  if (!answer.ok) throw new Error('no answer');
  const { seconds, values, corrected } = await answer.json();
  place.textContent = '';
  const chart = new uPlot(options(corrected), [seconds, values], place);
  new ResizeObserver(() => chart.setSize(size())).observe(place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => chart.redraw(false));
  buttons.hidden = seconds.length === 0;
  buttons.addEventListener('click', ({ target }) => zoom(chart, target.closest('button')?.dataset));
}

function size() {
  return { width: place.clientWidth, height: 360 };
}

function options(corrected) {
  const line = { stroke: color('--wx-line'), width: 1 };
  const axis = { stroke: color('--wx-ink-2'), grid: line, ticks: line };
  return {
    ...size(),
    tzDate: (second) => uPlot.tzDate(new Date(second * 1000), place.dataset.zone),
    cursor: { drag: { x: true, y: false } },
    hooks: {
      draw: [(chart) => markCorrected(chart, corrected)],
      setScale: [(chart, key) => key === 'x' && tellSpan(chart.scales.x)],
    },
    axes: [
      {
        ...axis,
        values: (_chart, seconds, _axis, _space, step) => seconds.map((second) => tick(second, step)),
      },
      axis,
    ],
    series: [
      { label: 'Time', value: (_chart, second) => (second === null ? '–' : moment(second)) },
      {
        label: place.dataset.label,
        stroke: color('--c-hue'),
        width: 1,
        spanGaps: false,
        gaps: (chart, _series, from, to) => gapsOf(chart, from, to),
        points: { show: (_chart, _series, from, to) => to - from < 600, filter: undefined },
        value: (_chart, value, _series, index) =>
          value === null ? '–' : `${value}${corrected[index] ? ' (corrected)' : ''}`,
      },
    ],
  };
}

/** The patient's clock, with what a place needs of it. */
function clock(second, needed) {
  const told = { day: 'numeric', hourCycle: 'h23', timeZone: place.dataset.zone, ...needed };
  return new Date(second * 1000).toLocaleString('en-GB', told);
}

/** The day, or the time where a day has several marks. */
function tick(second, step) {
  return clock(second, step >= 86_400 ? { month: 'short' } : { hour: '2-digit', minute: '2-digit' });
}

function moment(second) {
  return clock(second, {
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

/** What is seen, in words: for whoever does not see it. */
function tellSpan({ min, max }) {
  const words = (second) => clock(second, { month: 'long', hour: '2-digit', minute: '2-digit' });
  if (min !== null)
    span.textContent = `${words(min)} to ${words(max)}, ${place.dataset.zone.replaceAll('_', ' ')}`;
}

/** A diamond on what was corrected, as the charts have it; where many fall together one stands for its neighbours. */
function markCorrected(chart, corrected) {
  const { ctx, data } = chart;
  const [from, to] = chart.series[0].idxs;
  const reach = 5 * devicePixelRatio;
  ctx.save();
  ctx.lineWidth = 1.75 * devicePixelRatio;
  ctx.strokeStyle = color('--wx-ink')();
  ctx.fillStyle = color('--wx-surface')();
  let last = -Infinity;
  for (let index = from; index <= to; index += 1) {
    if (!corrected[index]) continue;
    const x = chart.valToPos(data[0][index], 'x', true);
    if (x - last < 2 * reach) continue;
    last = x;
    const y = chart.valToPos(data[1][index], 'y', true);
    ctx.beginPath();
    ctx.moveTo(x, y - reach);
    for (const [across, down] of [
      [1, 0],
      [0, 1],
      [-1, 0],
    ])
      ctx.lineTo(x + across * reach, y + down * reach);
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

/** By button, for whoever has no mouse: `by` scales the span that is seen, `to` moves it by a share of itself. */
function zoom(chart, { by = 1, to = 0 } = {}) {
  const seconds = chart.data[0];
  const [first, last] = [seconds[0], seconds[seconds.length - 1]];
  const { min, max } = chart.scales.x;
  const half = ((max - min) / 2) * Number(by);
  const middle = (min + max) / 2 + Number(to) * 2 * half;
  if (2 * half >= last - first) chart.setScale('x', { min: first, max: last });
  else {
    const start = Math.min(Math.max(middle - half, first), last - 2 * half);
    chart.setScale('x', { min: start, max: start + 2 * half });
  }
}

/** Nothing is joined over more than half an hour, nor over three times the usual step. */
function gapsOf(chart, from, to) {
  const seconds = chart.data[0];
  const usual = (seconds[to] - seconds[from]) / Math.max(to - from, 1);
  const limit = Math.max(1800, 3 * usual);
  const gaps = [];
  for (let index = from + 1; index <= to; index += 1) {
    if (seconds[index] - seconds[index - 1] <= limit) continue;
    gaps.push(
      [seconds[index - 1], seconds[index]].map((second) => Math.round(chart.valToPos(second, 'x', true))),
    );
  }
  return gaps;
}

draw().catch(() => {
  place.textContent = 'The points could not be loaded. The figures are one page back.';
});
