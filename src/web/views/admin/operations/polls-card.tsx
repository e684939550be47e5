import type { Poll } from '../../../../db/polls.js';
import { Chip } from '../../../components/chip.js';
import { Time } from '../../../components/time.js';
import { counted, figure, inWords } from '../../../components/words.js';
import { temporalAddress, TemporalLink, type TemporalUi } from './temporal-link.js';
import { dayAndTime, duration } from './times.js';

interface PollsProps {
  /** Of the last 24 hours, the newest first. */
  readonly polls: readonly Poll[];
  readonly zone: string;
  readonly temporal: TemporalUi;
  readonly now: Date;
}

type Look = 'complete' | 'partial' | 'refused' | 'running' | 'broken off';

const CELLS = 96;
const LISTED = 12;
const cells: Readonly<Record<Look, string>> = {
  complete: 'k-ok',
  partial: 'k-p3',
  refused: 'k-read',
  running: 'k-wait',
  'broken off': 'k-none',
};
const numbers = ['Took', 'Read', 'In flight', 'Failed', 'New', 'Amended', 'Unchanged', 'Rejected'] as const;

/** The polls of a day: a cell for each, and the newest in figures. */
export function PollsCard({ polls, zone, temporal, now }: PollsProps) {
  const looks = polls.map((poll, index) => lookOf(poll, index));
  const all = temporalAddress(temporal, { query: "WorkflowType = 'poll'" });
  return (
    <section class="card overflow-hidden" aria-labelledby="polls-h">
      <div class="card-header">
        <h2 id="polls-h">Polls</h2>
        <span class="wx-s wx-2">of the last 24 hours, one cell for each</span>
        <span class="wx-push wx-s">
          <TemporalLink href={all}>Open in Temporal</TemporalLink>
        </span>
      </div>
      {polls.length === 0 ? (
        <p class="card-body wx-2">No poll ran in the last 24 hours. Run one now, or look at the schedule.</p>
      ) : (
        <>
          <div class="card-body">
            <div
              class="wx-strip is-polls"
              role="img"
              aria-label={`Polls of the last 24 hours: ${summary(looks)}`}
            >
              {looks
                .slice(0, CELLS)
                .reverse()
                .map((look) => (
                  <i class={cells[look]}></i>
                ))}
            </div>
          </div>
          <div class="wx-scroll" role="region" aria-label="Table: newest polls" tabindex={0}>
            <table class="wx-table is-m is-polls" role="table">
              <thead role="rowgroup">
                <tr role="row">
                  {['Time', 'Started by', 'Outcome'].map((name) => (
                    <th role="columnheader" scope="col">
                      {name}
                    </th>
                  ))}
                  {numbers.map((name) => (
                    <th role="columnheader" scope="col" class="n">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody role="rowgroup">
                {polls.slice(0, LISTED).map((poll, index) => (
                  <Row poll={poll} look={looks[index] ?? 'running'} {...{ zone, temporal, now }} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

function Row({ poll, look, zone, temporal, now }: Omit<PollsProps, 'polls'> & { poll: Poll; look: Look }) {
  const took = (poll.endedAt ?? now).getTime() - poll.startedAt.getTime();
  const counts = [
    poll.read,
    poll.inFlight,
    poll.notRead,
    poll.created,
    poll.amended,
    poll.unchanged,
    poll.rejected,
  ];
  const texts = [
    look === 'broken off' ? '–' : duration(took),
    ...counts.map((count) => (poll.endedAt === null ? '–' : figure(count))),
  ];
  return (
    <tr role="row">
      <th role="rowheader" scope="row" class="wx-nowrap wx-num">
        <a href={temporalAddress(temporal, { id: poll.id })}>
          <Time at={poll.startedAt} zone={zone} as={dayAndTime} />
        </a>
      </th>
      <td role="cell">{poll.trigger === 'schedule' ? 'schedule' : (poll.askedBy ?? 'command line')}</td>
      <td role="cell">
        <Outcome poll={poll} look={look} />
      </td>
      {numbers.map((name, index) => (
        <td role="cell" class="n" data-label={name}>
          {texts[index]}
        </td>
      ))}
    </tr>
  );
}

function Outcome({ poll, look }: { readonly poll: Poll; readonly look: Look }) {
  switch (look) {
    case 'complete':
      return (
        <Chip tone="ok" icon="check-circle-fill">
          Done
        </Chip>
      );
    case 'running':
      return (
        <Chip tone="busy" icon="hourglass-split">
          Running
        </Chip>
      );
    case 'broken off':
      return (
        <Chip tone="idle" icon="stop-circle">
          Broken off
        </Chip>
      );
    case 'partial':
      return (
        <>
          <Chip tone="warn" icon="circle-half">
            {figure(poll.notRead)} failed
          </Chip>
          <small class="pt-1">{kindsOf(poll)}</small>
        </>
      );
    case 'refused':
      return (
        <>
          <Chip tone="bad" icon="exclamation-octagon-fill">
            Refused
          </Chip>
          <small class="pt-1">{poll.message}</small>
        </>
      );
  }
}

function kindsOf({ failures }: Poll): string {
  return inWords(Object.entries(failures).map(([kind, count]) => `${figure(count)} ${kind}`));
}

/** A poll without an end that is not the newest was ended from outside: there is one at a time. */
function lookOf({ outcome, notRead }: Poll, index: number): Look {
  if (outcome === null) return index === 0 ? 'running' : 'broken off';
  if (outcome === 'refused') return 'refused';
  return notRead > 0 ? 'partial' : 'complete';
}

function summary(looks: readonly Look[]): string {
  const kinds = [...new Set(looks)];
  return inWords(
    kinds.map((kind) => `${counted(looks.filter((look) => look === kind).length, 'poll')} ${kind}`),
  );
}
