// Draws every point of a kind of data, to be zoomed: over the text that stands there without a script.
import uPlot from '/assets/uplot.mjs';

const place = document.getElementById('points');
const color = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();

async function draw() {
  const answer = await fetch(place.dataset.from);
  if (!answer.ok) throw new Error('no answer');
  const { seconds, values, corrected } = await answer.json();
  place.textContent = '';
  const chart = new uPlot(options(corrected), [seconds, values], place);
  new ResizeObserver(() => chart.setSize(size())).observe(place);
}

function size() {
  return { width: place.clientWidth, height: 360 };
}

function options(corrected) {
  const axis = {
    stroke: color('--wx-ink-2'),
    grid: { stroke: color('--wx-line') },
    ticks: { stroke: color('--wx-line') },
  };
  return {
    ...size(),
    tzDate: (second) => uPlot.tzDate(new Date(second * 1000), place.dataset.zone),
    fmtDate: (template) => uPlot.fmtDate(template, 'en-GB'),
    cursor: { drag: { x: true, y: false } },
    axes: [
      {
        ...axis,
        values: (_chart, seconds, _axis, _space, step) => seconds.map((second) => words(second, step)),
      },
      axis,
    ],
    series: [
      { label: 'Time', value: '{YYYY}-{MM}-{DD} {HH}:{mm}:{ss}' },
      {
        label: place.dataset.label,
        stroke: color('--wx-heart'),
        width: 1,
        spanGaps: false,
        gaps: (chart, _series, from, to) => gapsOf(chart, from, to),
        points: { show: (chart, _series, from, to) => to - from < 600, filter: undefined },
        value: (_chart, value, _series, index) =>
          value === null ? '–' : `${value}${corrected[index] ? ' (corrected)' : ''}`,
      },
    ],
  };
}

/** A moment as the patient's clock has it: the day, or the time where a day has several marks. */
function words(second, step) {
  const timeZone = place.dataset.zone;
  const at = new Date(second * 1000);
  return step >= 86_400
    ? at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone })
    : at.toLocaleString('en-GB', {
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone,
      });
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
