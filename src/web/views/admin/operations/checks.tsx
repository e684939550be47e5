import type { Severity } from '../../../../health/conditions.js';
import type { Check } from '../../../../health/judge.js';
import { Icon, type IconName } from '../../../components/icon.js';
import { Note } from '../../../components/note.js';
import { adminPaths } from '../../paths.js';

const icons: Readonly<Record<Severity, IconName>> = {
  ok: 'check-lg',
  busy: 'cloud-slash',
  warn: 'exclamation-triangle-fill',
  bad: 'exclamation-octagon-fill',
};

const worst: readonly Severity[] = ['bad', 'warn', 'busy', 'ok'];

/** Where a part is mended, if it is on a page. */
const places: Partial<Record<Check['part'], string>> = {
  'dead letters': adminPaths.deadLetters,
  'API key': adminPaths.settings,
  reading: adminPaths.settings,
  connections: adminPaths.attention,
};

/** What needs somebody, on top: what it means, and the next step. */
export function Troubles({ checks }: { readonly checks: readonly Check[] }) {
  const wrong = checks
    .filter(({ condition }) => condition !== null)
    .sort((one, other) => worst.indexOf(one.severity) - worst.indexOf(other.severity));
  if (wrong.length === 0) return null;
  return (
    <section class="wx-stack-s" aria-label="What needs you">
      {wrong.map(({ part, severity, says, means, next, condition }) => (
        <div data-condition={condition}>
          <Note tone={severity} icon={icons[severity]} title={`${capital(part)}: ${says}`}>
            {means} <Words text={next ?? ''} />
          </Note>
        </div>
      ))}
    </section>
  );
}

/** Every part, fine or not. */
export function ChecksCard({ checks }: { readonly checks: readonly Check[] }) {
  const fine = checks.filter(({ ok }) => ok).length;
  return (
    <section class="card" aria-labelledby="checks-h">
      <div class="card-header">
        <h2 id="checks-h">Checks</h2>
        <span class="wx-s wx-2">
          {fine} of {checks.length} are fine
        </span>
      </div>
      <ul class="wx-list wx-checks">
        {checks.map((check) => (
          <Line check={check} />
        ))}
      </ul>
    </section>
  );
}

function Line({ check: { part, ok, severity, says } }: { readonly check: Check }) {
  const place = places[part];
  return (
    <li class="wx-row align-items-start flex-nowrap">
      <span class={`wx-tile is-s is-${severity}`}>
        <Icon name={icons[severity]} />
      </span>
      <div class="wx-min flex-grow-1">
        <strong>{capital(part)}</strong>
        <p class="wx-s wx-2">{capital(says)}</p>
      </div>
      {ok || place === undefined ? null : (
        <a class="btn btn-outline-secondary btn-sm" href={place}>
          Open<span class="visually-hidden"> {part}</span>
        </a>
      )}
    </li>
  );
}

/** A text in which commands stand between back ticks. */
function Words({ text }: { readonly text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 0 ? part : <code>{part}</code>))}</>;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
