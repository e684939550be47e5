import { raw } from 'hono/html';
import { figure } from '../../components/words.js';
import type { Reader } from '../../texts/reader.js';

interface StripProps {
  readonly device: string;
  /** Whether data came, day by day, the oldest first. */
  readonly days: readonly boolean[];
  readonly reader: Reader;
}

/** Of which of the last days a device has brought data; a sentence stands for it where it is not seen. */
export function ArrivalStrip({ device, days, reader: { texts, locale } }: StripProps) {
  const came = days.filter(Boolean).length;
  const sentence = texts.devices.daysWithData(device, figure(came, locale), figure(days.length, locale));
  return (
    <div class="wx-strip is-s" role="img" aria-label={sentence}>
      {raw(days.map((hasData) => `<i class="${hasData ? 'k-ok' : 'k-none'}"></i>`).join(''))}
    </div>
  );
}
