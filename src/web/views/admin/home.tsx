import { type Operations, OperatorBox } from './operator-box.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';

export interface HomeProps {
  readonly frame: StaffFrame;
  readonly operations: Operations;
}

/** What an operator sees first. */
export function HomePage({ frame, operations }: HomeProps) {
  return (
    <StaffLayout frame={frame} title="Operations" here="home">
      <h1>Operations</h1>
      <OperatorBox operations={operations} frame={frame} />
    </StaffLayout>
  );
}
