import { parse } from 'node-html-parser';
import type { Visitor } from '../../dev/journey/visitor.js';

export interface Following {
  /** Lines of the log so far, as a person reads them. */
  readonly lines: readonly { readonly id: string; readonly text: string }[];
  readonly isEnded: boolean;
  leave(): void;
}

/** Follows server-sent events as a browser does, from after the event of this id. */
export async function follow(visitor: Visitor, url: string, lastEventId?: string): Promise<Following> {
  const away = new AbortController();
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const response = await visitor.stream(url, { headers, signal: away.signal });
  if (response.body === null) throw new Error('the stream has no body');
  const state = { lines: [] as { id: string; text: string }[], isEnded: false };
  void read(response.body, state).catch(() => undefined);
  return {
    lines: state.lines,
    get isEnded() {
      return state.isEnded;
    },
    leave: () => {
      away.abort();
    },
  };
}

async function read(
  body: ReadableStream<Uint8Array>,
  state: { lines: { id: string; text: string }[]; isEnded: boolean },
): Promise<void> {
  let rest = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const parts = `${rest}${chunk}`.split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const fields = Object.fromEntries(
        part.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      if (fields['event'] === 'end') state.isEnded = true;
      if (fields['event'] !== 'line') continue;
      const item = parse(fields['data'] ?? '').querySelector('li > span');
      const text = (item?.childNodes ?? []).map((node) => node.textContent.trim()).join(' ');
      state.lines.push({ id: fields['id'] ?? '', text });
    }
  }
}
