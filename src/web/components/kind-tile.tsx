import type { DataKind } from './data-kinds.js';
import { Icon } from './icon.js';

/** The small square that a kind of data is known by. */
export function KindTile({ kind }: { readonly kind: DataKind }) {
  return (
    <span class={`wx-tile is-s is-${kind.hue}`}>
      <Icon name={kind.icon} />
    </span>
  );
}
