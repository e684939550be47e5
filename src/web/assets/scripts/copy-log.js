// The log as text, for whoever helps: each line as it is read, and the reference.

addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button[data-copy]') : null;
  const log = button?.closest('.wx-log');
  if (button == null || log == null) return;
  const lines = [...log.querySelectorAll('li, .wx-log-foot > span')];
  const text = lines.map((line) => [...line.childNodes].map((node) => node.textContent).join(' ')).join('\n');
  const said = button.querySelector('span');
  navigator.clipboard.writeText(text).then(
    () => {
      if (said !== null) said.textContent = button.getAttribute('data-copy');
    },
    // Where the browser does not let us, everything is marked, ready to be copied by hand.
    () => getSelection()?.selectAllChildren(log),
  );
});
