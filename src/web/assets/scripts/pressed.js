// What was pressed shows at once that something happens; the answer may take a moment.

/** @param {Element | null | undefined} pressed */
function showPressed(pressed) {
  pressed?.setAttribute('aria-busy', 'true');
}

addEventListener('submit', ({ submitter }) => {
  showPressed(submitter);
});

addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a.btn[href]:not([download])') : null;
  const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!opensElsewhere) showPressed(link);
});

// A page that the browser kept while we were away comes back as it was left.
addEventListener('pageshow', () => {
  for (const pressed of document.querySelectorAll('a[aria-busy], button[aria-busy]')) {
    pressed.removeAttribute('aria-busy');
  }
});
