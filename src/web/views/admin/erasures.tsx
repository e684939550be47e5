import type { Erasure } from '../../../db/erasures.js';
import { rowsRemoved } from '../../../erasure.js';
import { Breadcrumb } from '../../components/breadcrumb.js';
import { Chip } from '../../components/chip.js';
import { Empty } from '../../components/empty.js';
import { Pager } from '../../components/pager.js';
import { Cell, numbers, Row, RowHead, Table } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { counted, figure } from '../../components/words.js';
import { adminPaths } from '../paths.js';
import { askerWords, reasonWords } from './erasure-words.js';
import { dayAndTime } from './operations/times.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';

export interface ErasuresProps {
  readonly frame: StaffFrame;
  /** The newest first. */
  readonly erasures: readonly Erasure[];
  /** Only those before this one. */
  readonly before: number | null;
  /** Where the next page begins. */
  readonly next: number | undefined;
}

const columns = ['Erasure', 'State', 'Patient', 'Asked', 'By', 'Why', numbers('Rows')] as const;

/** Who was erased, by number: under way and over. */
export function ErasuresPage({ frame, erasures, before, next }: ErasuresProps) {
  return (
    <StaffLayout frame={frame} title="Erased patients" here="patients">
      <Breadcrumb trail={[{ href: adminPaths.patients, text: 'Patients' }]} here="Erased" />
      <div class="wx-head">
        <div>
          <h1>Erased patients</h1>
          <p class="wx-2">
            {frame.isOperator ? 'Of all organizations' : 'Of organizations that you are a manager of'}, by the
            number that each had. No name is left.
          </p>
        </div>
      </div>
      <section class="card overflow-hidden" aria-label="Erasures">
        {erasures.length === 0 ? (
          <Empty
            icon="check-circle"
            title="Nobody was erased"
            text="Patients can have it done on their own page, and managers on the page of a patient."
          />
        ) : (
          <Table label="Erasures" columns={columns}>
            {erasures.map((erasure) => (
              <Line erasure={erasure} zone={frame.zone} />
            ))}
          </Table>
        )}
        <Pager
          text={counted(erasures.length, 'erasure')}
          first={before === null ? undefined : adminPaths.erasures}
          next={next === undefined ? undefined : `${adminPaths.erasures}?before=${next}`}
        />
      </section>
    </StaffLayout>
  );
}

function Line({ erasure, zone }: { readonly erasure: Erasure; readonly zone: string }) {
  const { id, patientId, askedAt, askedAs, reason, counts } = erasure;
  return (
    <Row>
      <RowHead class="wx-num">
        <a href={`${adminPaths.erasures}/${id}`}>{id}</a>
      </RowHead>
      <Cell>
        <ErasureState erasure={erasure} />
      </Cell>
      <Cell label="Patient" class="wx-num">
        {patientId}
      </Cell>
      <Cell label="Asked" class="wx-nowrap">
        <Time at={askedAt} zone={zone} as={dayAndTime} />
      </Cell>
      <Cell label="By">{askerWords[askedAs]}</Cell>
      <Cell label="Why">{reason === null ? '–' : reasonWords[reason]}</Cell>
      <Cell label="Rows" class="n">
        {figure(rowsRemoved(counts))}
      </Cell>
    </Row>
  );
}

/** How it stands: over, over but for Open Wearables, or under way. */
export function ErasureState({ erasure: { endedAt, openWearables } }: { readonly erasure: Erasure }) {
  if (endedAt === null)
    return (
      <Chip tone="busy" icon="hourglass-split">
        Under way
      </Chip>
    );
  if (openWearables === 'remains')
    return (
      <Chip tone="warn" icon="exclamation-triangle-fill">
        Erased here only
      </Chip>
    );
  return (
    <Chip tone="ok" icon="check-circle-fill">
      Erased
    </Chip>
  );
}
