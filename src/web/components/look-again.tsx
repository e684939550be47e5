import type { Texts } from '../texts/en.js';
import { Icon } from './icon.js';

/** The way on where the page cannot look again by itself. */
export function LookAgain({ at, texts }: { readonly at: string; readonly texts: Texts }) {
  return (
    <noscript>
      <a class="btn btn-outline-secondary" href={at}>
        <Icon name="arrow-clockwise" />
        {texts.complete.lookAgain}
      </a>
    </noscript>
  );
}
