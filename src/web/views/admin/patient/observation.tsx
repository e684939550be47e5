import type { Provenance } from '../../../../db/provenance.js';
import { Cell, Row, RowHead, Table } from '../../../components/table.js';
import { Time } from '../../../components/time.js';
import { clockSeconds, longDate } from '../../../components/times.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { type ListedObservation, StatusChip } from './observations.js';
import { type PatientFacts, PatientHead } from './patient-head.js';

export interface ObservationProps {
  readonly frame: StaffFrame;
  readonly patient: PatientFacts;
  readonly observation: ListedObservation;
  readonly identifierSystem: string;
  readonly provenance: Provenance;
  readonly revisions: readonly {
    readonly revision: number;
    readonly value: string;
    readonly status: string;
    readonly replacedAt: Date;
  }[];
  /** The Open mHealth data point, as it is rendered for researchers. */
  readonly dataPoint: string;
}

/** One observation: what it says, where it came from, and what it was before. */
export function ObservationPage(props: ObservationProps) {
  const { frame, patient, observation, provenance, revisions, identifierSystem, dataPoint } = props;
  return (
    <StaffLayout frame={frame} title={`${observation.kind} of ${patient.name}`} here="patients">
      <PatientHead patient={patient} tab="observations" />
      <section class="card" aria-labelledby="record-h">
        <div class="card-header">
          <h2 id="record-h">
            {observation.kind}: {observation.value}
          </h2>
          <StatusChip status={observation.status} />
        </div>
        <div class="card-body">
          <dl class="wx-kv">
            <Fact term="Measured" text={observation.measured} />
            <Fact term="Device" text={observation.device} />
            <Fact term="Identifier" text={`${identifierSystem}|${observation.identifier}`} />
            <Fact term="Read from" text={readFrom(provenance)} />
            <div>
              <dt>Stored</dt>
              <dd>
                <Moment at={provenance.recordedAt} zone={patient.zone} />
                {provenance.updatedAt.getTime() === provenance.recordedAt.getTime() ? null : (
                  <>
                    , last changed <Moment at={provenance.updatedAt} zone={patient.zone} />
                  </>
                )}
              </dd>
            </div>
            {provenance.missingSince === null ? null : (
              <div>
                <dt>Not shown by Open Wearables any more</dt>
                <dd>
                  since <Moment at={provenance.missingSince} zone={patient.zone} />
                </dd>
              </div>
            )}
            {provenance.rawKey === null ? null : <Fact term="Raw object" text={provenance.rawKey} />}
            {provenance.rawFetchedAt === null ? null : (
              <div>
                <dt>Fetched from the maker</dt>
                <dd>
                  <Moment at={provenance.rawFetchedAt} zone={patient.zone} />
                </dd>
              </div>
            )}
          </dl>
        </div>
      </section>
      <section class="card overflow-hidden" aria-labelledby="revisions-h">
        <div class="card-header">
          <h2 id="revisions-h">What it was before</h2>
        </div>
        {revisions.length === 0 ? (
          <p class="card-body wx-2">It was never corrected.</p>
        ) : (
          <Table label="Revisions" columns={['Version', 'Value', 'Status', 'Replaced']}>
            {revisions.map(({ revision, value, status, replacedAt }) => (
              <Row>
                <RowHead>{revision}</RowHead>
                <Cell label="Value">{value}</Cell>
                <Cell label="Status">{status}</Cell>
                <Cell label="Replaced">
                  <Moment at={replacedAt} zone={patient.zone} />
                </Cell>
              </Row>
            ))}
          </Table>
        )}
      </section>
      <section class="card" aria-labelledby="point-h">
        <div class="card-header">
          <h2 id="point-h">Open mHealth data point</h2>
        </div>
        <div class="card-body">
          <pre class="wx-mono wx-xs mb-0" tabindex={0} role="region" aria-label="The data point as JSON">
            {dataPoint}
          </pre>
        </div>
      </section>
    </StaffLayout>
  );
}

function Fact({ term, text }: { readonly term: string; readonly text: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function Moment({ at, zone }: { readonly at: Date; readonly zone: string }) {
  return (
    <Time
      at={at}
      zone={zone}
      as={(moment, where) => `${longDate(moment, where)}, ${clockSeconds(moment, where)}`}
    />
  );
}

function readFrom({ provider, source, series, rawEndpoint }: Provenance): string {
  const place = rawEndpoint === null ? series : `${rawEndpoint} (raw)`;
  return source === null || source === provider
    ? `${provider}, ${place}`
    : `${provider} through ${source}, ${place}`;
}
