import { Chip } from '../../../components/chip.js';
import { Empty } from '../../../components/empty.js';
import { Filters, type LinkChoice } from '../../../components/link-choices.js';
import { Pager } from '../../../components/pager.js';
import { Cell, Row, RowHead, Table } from '../../../components/table.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { type PatientFacts, PatientHead } from './patient-head.js';

/** An observation in a list, in words. */
export interface ListedObservation {
  readonly href: string;
  readonly measured: string;
  readonly kind: string;
  readonly value: string;
  /** What it was before the newest correction. */
  readonly before: string | undefined;
  readonly device: string;
  readonly status: 'final' | 'amended' | 'entered-in-error';
  readonly identifier: string;
  readonly version: number;
  readonly hasRawObject: boolean;
}

export interface ObservationsProps {
  readonly frame: StaffFrame;
  readonly patient: PatientFacts;
  readonly observations: readonly ListedObservation[];
  readonly kinds: readonly LinkChoice[];
  readonly first?: string | undefined;
  readonly next?: string | undefined;
}

const states = {
  final: { tone: 'idle', icon: 'check-lg', word: 'Final' },
  amended: { tone: 'busy', icon: 'pencil', word: 'Amended' },
  'entered-in-error': { tone: 'bad', icon: 'slash-circle', word: 'Entered in error' },
} as const;

/** The observations that consents cover at this moment, the newest measured first. */
export function ObservationsPage({ frame, patient, observations, kinds, first, next }: ObservationsProps) {
  return (
    <StaffLayout frame={frame} title={`Observations of ${patient.name}`} here="patients">
      <PatientHead patient={patient} tab="observations" />
      <Filters label="Kind of data" choices={kinds} />
      <section class="card overflow-hidden" aria-label="Observations">
        {observations.length === 0 ? (
          <Empty
            icon="activity"
            title="No observations here"
            text="Nothing is stored that a consent covers now."
          />
        ) : (
          <>
            <Table
              label="Observations"
              columns={['Measured', 'Kind of data', 'Value', 'Device', 'Status', 'Where it comes from']}
              class="is-m is-obs"
            >
              {observations.map((observation) => (
                <Line observation={observation} />
              ))}
            </Table>
            <Pager text={`${observations.length} shown, the newest first`} first={first} next={next} />
          </>
        )}
      </section>
    </StaffLayout>
  );
}

function Line({ observation }: { readonly observation: ListedObservation }) {
  const { href, measured, kind, value, before, device, status, identifier, version, hasRawObject } =
    observation;
  return (
    <Row>
      <RowHead label="Measured" class="wx-num">
        {measured}
      </RowHead>
      <Cell label="Kind">{kind}</Cell>
      <Cell label="Value" class="wx-num">
        {value}
        {before === undefined ? null : (
          <>
            {' '}
            <del class="wx-xs">was {before}</del>
          </>
        )}
      </Cell>
      <Cell label="Device">{device}</Cell>
      <Cell class="wx-half">
        <StatusChip status={status} />
      </Cell>
      <Cell>
        <span class="wx-mono">{`${identifier.slice(0, 4)}…${identifier.slice(-4)}`}</span>
        <small>
          version {version} ·{' '}
          <a href={href}>
            record
            <span class="visually-hidden">
              {' '}
              of {kind}, {measured}
            </span>
          </a>
          {hasRawObject ? ' · from a raw object' : null}
        </small>
      </Cell>
    </Row>
  );
}

export function StatusChip({ status }: Pick<ListedObservation, 'status'>) {
  const { tone, icon, word } = states[status];
  return (
    <Chip tone={tone} icon={icon}>
      {word}
    </Chip>
  );
}
