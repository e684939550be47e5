/** What runs inside the page. It is text: this program knows no DOM. */
export const inPage = {
  stop: 'window.stop()',

  scrollsSideways: 'document.documentElement.scrollWidth > document.documentElement.clientWidth',

  /** Whether the focused element shows it. */
  focusIsVisible: `(() => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  })()`,

  /** How far the parts of the page have moved since it was opened. */
  layoutShift: `new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) sum += value;
    }).observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum), 0)));
  })`,

  /** Rule and place of all that axe finds wrong. */
  axe: (without: readonly string[]) => `axe.run({
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: ${JSON.stringify(Object.fromEntries(without.map((rule) => [rule, { enabled: false }])))},
  }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 120))))`,
} as const;
