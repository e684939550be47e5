import type { StaffStudyLine } from '../../../db/staff-studies.js';
import { Breadcrumb } from '../../components/breadcrumb.js';
import { Empty } from '../../components/empty.js';
import { SelectField } from '../../components/field.js';
import { FormProblem } from '../../components/form-result.js';
import { Icon } from '../../components/icon.js';
import { PostForm } from '../../components/post-form.js';
import { Cell, numbers, Row, RowHead, Table } from '../../components/table.js';
import { figure } from '../../components/words.js';
import { adminPaths } from '../paths.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';
import { StudyText, type StudyTyped } from './study-text.js';

export interface StudiesProps {
  readonly frame: StaffFrame;
  readonly studies: readonly StaffStudyLine[];
  readonly mayFound: boolean;
}

/** The studies of the practitioner's organizations. */
export function StudiesPage({ frame, studies, mayFound }: StudiesProps) {
  return (
    <StaffLayout frame={frame} title="Studies" here="studies">
      <div class="wx-head">
        <div>
          <h1>Studies</h1>
          <p class="wx-2">
            {studies.length === 1 ? '1 study' : `${studies.length} studies`} of your organizations.
          </p>
        </div>
        {mayFound ? (
          <div class="wx-actions">
            <a class="btn btn-primary" href={`${adminPaths.studies}/new`}>
              <Icon name="plus-lg" />
              New study
            </a>
          </div>
        ) : null}
      </div>
      <section class="card overflow-hidden" aria-label="Studies">
        {studies.length === 0 ? (
          <Empty
            icon="journal-medical"
            title="No studies here"
            text={mayFound ? 'Found the first one.' : 'A member of your organization can found one.'}
          />
        ) : (
          <Table
            label="Studies"
            columns={[
              'Study',
              'Organization',
              ...['Patients', 'Connected', 'Kinds of data', 'Wearables'].map(numbers),
            ]}
          >
            {studies.map((study) => (
              <StudyLine study={study} />
            ))}
          </Table>
        )}
      </section>
    </StaffLayout>
  );
}

function StudyLine({ study }: { readonly study: StaffStudyLine }) {
  return (
    <Row>
      <RowHead>
        <a href={`${adminPaths.studies}/${study.id}`}>{study.name}</a>
      </RowHead>
      <Cell label="Organization">{study.organization}</Cell>
      <Cell label="Patients" class="n">
        {figure(study.patients)}
      </Cell>
      <Cell label="Connected" class="n">
        {figure(study.connected)}
      </Cell>
      <Cell label="Kinds of data" class="n">
        {study.scopes}
      </Cell>
      <Cell label="Wearables" class="n">
        {study.dataSources}
      </Cell>
    </Row>
  );
}

export interface NewStudyProps {
  readonly frame: StaffFrame;
  readonly organizations: readonly { readonly id: number; readonly name: string }[];
  readonly typed?: StudyTyped | undefined;
  readonly problems?: Partial<Record<keyof StudyTyped, string>> | undefined;
}

/** Founds a study. Posts `name`, `description`, `days` and `organization`. */
export function NewStudyPage({ frame, organizations, typed, problems = {} }: NewStudyProps) {
  const [wrong] = Object.entries(problems);
  return (
    <StaffLayout frame={frame} title="New study" here="studies">
      <Breadcrumb trail={[{ href: adminPaths.studies, text: 'Studies' }]} here="New study" />
      <h1>New study</h1>
      {wrong === undefined ? null : <FormProblem text={wrong[1]} field={wrong[0]} />}
      <section class="card" aria-label="The study">
        <PostForm action={adminPaths.studies} csrf={frame.csrf} class="card-body wx-stack">
          <StudyText typed={typed ?? { name: '', description: '', days: '90' }} problems={problems} />
          <SelectField
            id="organization"
            label="Organization"
            options={organizations.map(({ id, name }) => ({ value: String(id), text: name }))}
          />
          <div class="wx-actions">
            <button class="btn btn-primary">Found the study</button>
            <a class="btn btn-link wx-quiet" href={adminPaths.studies}>
              Cancel
            </a>
          </div>
        </PostForm>
      </section>
    </StaffLayout>
  );
}
