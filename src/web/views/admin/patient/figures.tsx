import { Cell, numbers, Row, RowHead, Table } from '../../../components/table.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { type PatientFacts, PatientHead } from './patient-head.js';

export interface FiguresProps {
  readonly frame: StaffFrame;
  readonly patient: PatientFacts;
  readonly label: string;
  readonly unit: string;
  readonly columns: readonly string[];
  readonly lines: readonly { readonly when: string; readonly values: readonly string[] }[];
}

/** The figures of a chart, the newest first. */
export function FiguresPage({ frame, patient, label, unit, columns, lines }: FiguresProps) {
  return (
    <StaffLayout frame={frame} title={`${label} of ${patient.name}`} here="patients">
      <PatientHead patient={patient} tab="overview" />
      <section class="card overflow-hidden" aria-labelledby="figures-h">
        <div class="card-header">
          <h2 id="figures-h">{label} in figures</h2>
          <span class="wx-s wx-2">{unit}</span>
        </div>
        {lines.length === 0 ? <p class="card-body wx-2">Nothing was measured in this time.</p> : null}
        {lines.length === 0 ? null : (
          <Table label={`${label} in figures`} columns={['When', ...columns.map(numbers)]}>
            {lines.map(({ when, values }) => (
              <Row>
                <RowHead class="wx-nowrap">{when}</RowHead>
                {values.map((value, index) => (
                  <Cell label={columns[index] ?? ''} class="n">
                    {value}
                  </Cell>
                ))}
              </Row>
            ))}
          </Table>
        )}
      </section>
    </StaffLayout>
  );
}
