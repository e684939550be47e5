import type { ProviderFacts } from '../../../../health/facts.js';
import { isDown } from '../../../../health/judge.js';
import { Chip } from '../../../components/chip.js';
import { figure } from '../../../components/words.js';
import { duration } from './times.js';

interface MakersProps {
  /** Undefined while the database is away. */
  readonly providers: readonly ProviderFacts[] | undefined;
  readonly now: Date;
}

/** Each device maker: whether Open Wearables gets anything from it, and for how many patients. */
export function MakersCard({ providers = [], now }: MakersProps) {
  return (
    <section class="card overflow-hidden" aria-labelledby="makers-h">
      <div class="card-header">
        <h2 id="makers-h">Device makers</h2>
        <span class="wx-s wx-2">as Open Wearables reads them</span>
      </div>
      {providers.length === 0 ? (
        <p class="card-body wx-2">No study uses one yet.</p>
      ) : (
        <ul class="wx-list is-ruled">
          {providers.map((provider) => (
            <li>
              <div class="wx-row">
                <strong>{provider.name}</strong>
                <State provider={provider} />
              </div>
              <p class="wx-s wx-2">{wordsOf(provider, now)}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function State({ provider }: { readonly provider: ProviderFacts }) {
  if (isDown(provider))
    return (
      <Chip tone="busy" icon="cloud-slash">
        Outage
      </Chip>
    );
  if (provider.isEnabled === false)
    return (
      <Chip tone="warn" icon="slash-circle">
        Not offered
      </Chip>
    );
  if (provider.isEnabled === undefined)
    return (
      <Chip tone="idle" icon="clock">
        Not known
      </Chip>
    );
  return (
    <Chip tone="ok" icon="check-circle-fill">
      Works
    </Chip>
  );
}

function wordsOf({ active, lost, recent }: ProviderFacts, now: Date): string {
  const ago = recent?.newestAt && duration(now.getTime() - recent.newestAt.getTime());
  return [
    `${figure(active)} connected`,
    ...(lost === 0 ? [] : [`${figure(lost)} need reconnecting`]),
    ...(ago ? [`last read by Open Wearables ${ago} ago`] : []),
    ...(recent && recent.failed > 0
      ? [`${recent.failed} of the newest ${recent.runs} brought only errors`]
      : []),
  ].join(', ');
}
