// A page that waits for the machine looks again by itself: `data-again` says after how many seconds, `data-at` where,
// when not here. Parts marked `data-live` take their new content; a page that became another one is gone to.

const { body } = document;
const place = body.dataset['at'] ?? location.href;

/** @param {Document} fresh */
function takeNewParts(fresh) {
  for (const part of document.querySelectorAll('[data-live]')) {
    const now = fresh.getElementById(part.id);
    if (now === null || now.innerHTML === part.innerHTML) continue;
    for (const opened of part.querySelectorAll('details[id][open]')) {
      now.querySelector(`#${opened.id}`)?.setAttribute('open', '');
    }
    part.replaceChildren(...now.childNodes);
  }
}

async function lookAgain() {
  const answer = await fetch(place, { cache: 'no-store' }).catch(() => undefined);
  // Nobody answers, or not yet: what is shown stays.
  if (answer === undefined || answer.status >= 500) return;
  const text = await answer.text();
  // Nobody looks at a page in the background.
  if (document.hidden) return;
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  if (!answer.ok || fresh.title !== document.title) {
    location.replace(answer.url);
    return;
  }
  takeNewParts(fresh);
  const { again } = fresh.body.dataset;
  if (again === undefined) delete body.dataset['again'];
  else body.dataset['again'] = again;
}

function waitAndLook() {
  const seconds = Number(body.dataset['again']);
  if (!(seconds > 0)) return;
  setTimeout(() => {
    const looked = document.hidden ? Promise.resolve() : lookAgain();
    void looked.finally(waitAndLook);
  }, seconds * 1000);
}

waitAndLook();
