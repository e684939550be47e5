// The button that copies is there where the browser lets it; elsewhere the field is copied from by hand.

for (const button of document.querySelectorAll('button[data-copies]')) {
  if (button instanceof HTMLButtonElement && 'clipboard' in navigator) offer(button);
}

/** @param {HTMLButtonElement} button */
function offer(button) {
  const field = document.getElementById(button.dataset['copies'] ?? '');
  const told = document.getElementById(button.getAttribute('aria-describedby') ?? '');
  if (!(field instanceof HTMLInputElement) || told === null) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    field.select();
    navigator.clipboard.writeText(field.value).then(
      () => {
        told.textContent = 'Copied.';
      },
      () => {
        told.textContent = 'This browser does not let us copy. It is selected: copy it yourself.';
      },
    );
  });
}
