import type { Erasure } from '../../../db/erasures.js';
import { accountTexts, rowsRemoved } from '../../../erasure.js';
import { Breadcrumb } from '../../components/breadcrumb.js';
import { Fact } from '../../components/fact.js';
import { Note } from '../../components/note.js';
import { Cell, numbers, Row, RowHead, Table } from '../../components/table.js';
import { Tasks } from '../../components/tasks.js';
import { Time } from '../../components/time.js';
import { counted, figure, inWords } from '../../components/words.js';
import type { ErasureSteps } from '../../erasure-steps.js';
import { en } from '../../texts/en.js';
import { adminPaths } from '../paths.js';
import { askerWords, reasonWords } from './erasure-words.js';
import { ErasureState } from './erasures.js';
import { TemporalLink } from './operations/temporal-link.js';
import { dayAndTime } from './operations/times.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';

const LOOK_EVERY_SECONDS = 3;

export interface ErasureProps {
  readonly frame: StaffFrame;
  readonly erasure: Erasure;
  /** Who asked, by name; undefined for a patient and the command line. */
  readonly asker: string | undefined;
  /** Those of the patient's organizations that the reader is in, by name. */
  readonly organizations: readonly string[];
  readonly steps: ErasureSteps;
  /** Whether the digest fits; undefined while it runs. */
  readonly isIntact: boolean | undefined;
  /** The run in Temporal, for operators. */
  readonly run: string | undefined;
}

/** One erasure: how far it is, and the evidence that it leaves. */
export function ErasurePage(props: ErasureProps) {
  const { frame, erasure, isIntact, run } = props;
  const { id, patientId, endedAt } = erasure;
  const isUnderWay = endedAt === null;
  return (
    <StaffLayout
      frame={frame}
      title={isUnderWay ? `Erasing ${patientId}` : `Erasure ${id}`}
      here="patients"
      again={isUnderWay ? { seconds: LOOK_EVERY_SECONDS } : undefined}
    >
      <Breadcrumb
        trail={[
          { href: adminPaths.patients, text: 'Patients' },
          { href: adminPaths.erasures, text: 'Erased' },
        ]}
        here={String(id)}
      />
      <div class="wx-head">
        <div>
          <h1>Erasure {id}</h1>
          <div class="wx-row pt-1">
            <ErasureState erasure={erasure} />
          </div>
        </div>
        {run === undefined ? null : <TemporalLink href={run}>Open in Temporal</TemporalLink>}
      </div>
      {isIntact === false ? (
        <Note tone="bad" icon="exclamation-octagon-fill" title="This record was changed after its end">
          Its digest does not fit what it says. Tell an operator.
        </Note>
      ) : null}
      {isUnderWay ? <Progress {...props} /> : null}
      <div class="wx-two">
        <Facts {...props} />
        {isUnderWay ? null : <Removed erasure={erasure} />}
      </div>
    </StaffLayout>
  );
}

function Progress({ erasure, steps }: ErasureProps) {
  const tasks = [
    { text: 'Agreements are stopped, and whatever runs for the patient ends', state: steps.stopped },
    { text: `Rows are removed: ${figure(rowsRemoved(erasure.counts))} so far`, state: steps.removed },
    { text: 'Open Wearables deletes its copy; while it is away this is tried again', state: steps.there },
    { text: 'Every table is asked whether something is left', state: steps.checked },
  ];
  return (
    <section class="card" aria-labelledby="progress-h">
      <div class="card-body wx-stack">
        <h2 id="progress-h">Under way</h2>
        <Tasks id="erasing-now" tasks={tasks} texts={en} />
        <p class="wx-s wx-2">It goes on by itself. You may close this page and come back.</p>
      </div>
    </section>
  );
}

function Facts({ frame, erasure, asker, organizations }: ErasureProps) {
  const { patientId, askedAs, askedAt, reason, endedAt, openWearables, remains, digest } = erasure;
  const by = asker === undefined ? askerWords[askedAs] : `${askerWords[askedAs]}, ${asker}`;
  return (
    <section class="card" aria-labelledby="evidence-h">
      <div class="card-header">
        <h2 id="evidence-h">Evidence</h2>
      </div>
      <dl class="card-body wx-kv">
        <Fact term="Patient">{patientId}: the number is never given again</Fact>
        {organizations.length === 0 ? null : <Fact term="Of">{inWords(organizations)}</Fact>}
        <Fact term="Asked">
          <Time at={askedAt} zone={frame.zone} as={dayAndTime} /> by {by}
        </Fact>
        {reason === null ? null : <Fact term="Why">{reasonWords[reason]}</Fact>}
        {endedAt === null ? null : (
          <Fact term="Ended">
            <Time at={endedAt} zone={frame.zone} as={dayAndTime} />
          </Fact>
        )}
        {openWearables === null ? null : (
          <Fact term="At Open Wearables">
            {accountTexts[openWearables]}
            {remains?.openWearablesUser == null ? null : (
              <small class="d-block wx-mono">{remains.openWearablesUser}</small>
            )}
          </Fact>
        )}
        {remains === null ? null : (
          <Fact term="Remains">
            {counted(remains.consentEvents, 'consent event')} by number
            {remains.rawObjects === 0
              ? null
              : `, ${counted(remains.rawObjects, 'raw payload')} in the storage of Open Wearables`}
          </Fact>
        )}
        {digest === null ? null : (
          <Fact term="Digest of all this, SHA-256">
            <span class="wx-mono">{digest}</span>
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Removed({ erasure: { counts } }: { readonly erasure: Erasure }) {
  const tables = Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1));
  return (
    <section class="card overflow-hidden" aria-labelledby="removed-h">
      <div class="card-header">
        <h2 id="removed-h">Removed</h2>
        <span class="wx-s wx-2">{counted(rowsRemoved(counts), 'row')}, by table</span>
      </div>
      <Table label="Removed rows by table" columns={['Table', numbers('Rows')]} class="">
        {tables.map(([table, rows]) => (
          <Row>
            <RowHead class="wx-mono">{table}</RowHead>
            <Cell class="n">{figure(rows)}</Cell>
          </Row>
        ))}
      </Table>
    </section>
  );
}
