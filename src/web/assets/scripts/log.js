// The integration log grows as it happens: lines come as events, each with the number of its step. The page holds those
// that were there when it was made, and takes over others when it looks again.

function followLog() {
  const address = document.querySelector('[data-log-stream]')?.getAttribute('data-log-stream');
  if (address == null) return;
  const events = new EventSource(address);
  events.addEventListener('line', ({ data, lastEventId }) => {
    addToLog(String(data), Number(lastEventId));
  });
  events.addEventListener('progress', ({ data }) => {
    addToLog(String(data), Infinity);
  });
  events.addEventListener('end', () => {
    document.querySelector('[data-log-progress]')?.remove();
    events.close();
  });
}

/**
 * How far the reading is stands once, below the newest line; a line that is there already is not added again.
 *
 * @param {string} line
 * @param {number} number
 */
function addToLog(line, number) {
  const log = document.querySelector('[data-log-stream]');
  const list = log?.querySelector('ol');
  if (log == null || list == null) return;
  list.querySelector('[data-log-progress]')?.remove();
  if (number <= list.children.length) return;
  const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 8;
  list.insertAdjacentHTML('beforeend', line);
  if (isAtEnd) log.scrollTop = log.scrollHeight;
}

followLog();
