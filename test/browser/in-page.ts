/** What runs inside the page. It is text: this program knows no DOM. */
export const inPage = {
  /** A page in the background waits for nothing, so it stays as it is. */
  putAside: "Object.defineProperty(document, 'hidden', { value: true, configurable: true })",
  /** Taken up again; what the pictures moved by their sizes does not count. */
  takeUp: `new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      delete document.hidden;
      window.takenUpAt = performance.now();
      resolve();
    }));
  })`,

  /** A browser without a screen has no clipboard. */
  catchCopies: `Object.defineProperty(navigator, 'clipboard', {
    value: { writeText: async (text) => { window.copied = text; } },
  })`,

  holes: `[...document.querySelectorAll('svg.icon, svg:not([class])[aria-hidden]')]
    .filter((icon) => icon.checkVisibility() && icon.getBBox().width === 0)
    .map((icon) => icon.parentElement.outerHTML.slice(0, 120))`,

  scrollsSideways: 'document.documentElement.scrollWidth > document.documentElement.clientWidth',

  /** From a click to the frame in which something is busy: told to `reacted`. */
  timeReaction: `(() => {
    addEventListener('click', () => { window.pressedAt = performance.now(); }, true);
    new MutationObserver(() => {
      requestAnimationFrame(() => { window.reacted(performance.now() - window.pressedAt); });
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['aria-busy'] });
  })()`,

  /** Whether the focused element shows it. */
  focusIsVisible: `(() => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  })()`,

  /** How far the parts of the page have moved since it was opened or taken up, and which. */
  layoutShift: `new Promise((resolve) => {
    const shift = { far: 0, parts: [] };
    new PerformanceObserver((list) => {
      for (const { value, startTime, sources } of list.getEntries()) {
        if (startTime <= (window.takenUpAt ?? 0)) continue;
        shift.far += value;
        shift.parts.push(...sources.map(({ node }) => (node?.outerHTML ?? node?.textContent ?? '').slice(0, 80)));
      }
    }).observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(shift), 0)));
  })`,

  /** Milliseconds from a press of the button "Closer" to the end of the frame that shows it. */
  timeCloser: `new Promise((resolve) => {
    const began = performance.now();
    document.querySelector('[data-by="0.5"]').click();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began), 0));
  })`,

  /** How many pixels of the chart have the colour of the text: the outlines of marks, and nothing else, have it. */
  inkOnChart: `(() => {
    const canvas = document.querySelector('#points canvas');
    const probe = document.createElement('canvas').getContext('2d');
    probe.fillStyle = getComputedStyle(document.body).getPropertyValue('--wx-ink').trim();
    probe.fillRect(0, 0, 1, 1);
    const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4)
      if (data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255) count += 1;
    return count;
  })()`,

  /** Rule and place of all that axe finds wrong. */
  axe: `axe.run({
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 120))))`,
} as const;
