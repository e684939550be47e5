import type { ConnectableSource } from '../../db/patients.js';
import type { Connection } from '../../db/connections.js';
import type { Provider } from '../../open-wearables/shapes.js';
import { reasonAgainst } from '../../usable-devices.js';
import { dataKind } from '../components/data-kinds.js';
import type { Reader } from '../texts/reader.js';
import type { UnusableDevice, UsableDevice } from '../views/patient/device-card.js';

/** A provider key as a person reads it, when nothing better is known. */
export function deviceName(provider: string): string {
  return provider.charAt(0).toUpperCase() + provider.slice(1);
}

/** Crosses the wearables of the patient's studies with what Open Wearables offers, each with the reason if it is off. */
export function devicesOf(
  sources: readonly ConnectableSource[],
  offered: readonly Provider[],
  connections: readonly Connection[],
  { texts, locale }: Pick<Reader, 'texts' | 'locale'>,
): { usable: UsableDevice[]; unusable: UnusableDevice[] } {
  const words = (kind: ConnectableSource['missing'][number]) =>
    dataKind(kind.code, kind.text, texts).label.toLocaleLowerCase(locale);
  const usable: UsableDevice[] = [];
  const unusable: UnusableDevice[] = [];
  for (const source of sources) {
    const { name, provider, agreedKinds, missing } = source;
    const reason = reasonAgainst(source, offered, connections);
    if (reason === undefined)
      usable.push({ provider, name, agreed: agreedKinds, missing: missing.map(words) });
    else unusable.push({ provider, name, reason });
  }
  return { usable, unusable };
}
