import type { WrittenConsentText } from '../../../db/consent-texts.js';
import type { StaffStudyDetail, StudyScopeLine, StudySourceLine } from '../../../db/staff-studies.js';
import type { StudyClientLine } from '../../../db/study-choices.js';
import { Breadcrumb } from '../../components/breadcrumb.js';
import { dataKind } from '../../components/data-kinds.js';
import { FormDone, FormProblem } from '../../components/form-result.js';
import { Icon } from '../../components/icon.js';
import { PostForm } from '../../components/post-form.js';
import { Stats } from '../../components/stats.js';
import { Cell, numbers, Row, RowHead, Table } from '../../components/table.js';
import { counted, figure } from '../../components/words.js';
import { adminPaths } from '../paths.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';
import { type ClientTyped, StudyClients } from './study-clients.js';
import { StudyConsentText } from './study-consent-text.js';
import { StudyChoices } from './study-choices.js';
import { StudyText, type StudyTyped } from './study-text.js';

/** What a form has to say about itself. */
export interface StudySaid {
  readonly typed?: StudyTyped | undefined;
  readonly client?: ClientTyped | undefined;
  /** The consent text as it was typed. */
  readonly words?: string | undefined;
  readonly problems?: Partial<Record<keyof StudyTyped | keyof ClientTyped | 'words', string>> | undefined;
  readonly done?: string | undefined;
}

export interface StudyProps extends StudySaid {
  readonly frame: StaffFrame;
  readonly study: StaffStudyDetail;
  readonly scopes: readonly StudyScopeLine[];
  readonly sources: readonly StudySourceLine[];
  readonly clients: readonly StudyClientLine[];
  /** Every version of the consent text, the newest first. */
  readonly texts: readonly WrittenConsentText[];
  readonly mayChange: boolean;
  readonly mayAddClients: boolean;
}

/** One study: whom it has, what it asks for, from which wearables, in which words. */
export function StudyPage(props: StudyProps) {
  const { frame, study, scopes, sources, problems = {}, done } = props;
  const [wrong] = Object.entries(problems);
  return (
    <StaffLayout frame={frame} title={study.name} here="studies">
      <Breadcrumb trail={[{ href: adminPaths.studies, text: 'Studies' }]} here={study.name} />
      <div class="wx-head">
        <div>
          <h1>{study.name}</h1>
          <p class="wx-2">{study.description}</p>
          <p class="wx-2 wx-s">{study.organization}</p>
        </div>
        <div class="wx-actions">
          <a class="btn btn-primary" href={`${adminPaths.patients}?study=${study.id}`}>
            <Icon name="people" />
            See its patients
          </a>
        </div>
      </div>
      {done === undefined ? null : <FormDone text={done} />}
      {wrong === undefined ? null : <FormProblem text={wrong[1]} field={wrong[0]} />}
      <Stats
        stats={[
          { name: 'Patients', value: figure(study.patients), about: `${figure(study.connected)} connected` },
          { name: 'Kinds of data', value: String(study.scopes), about: 'asked for' },
          { name: 'Reads back', value: counted(study.historyDays, 'day'), about: 'before the agreement' },
          { name: 'Open invitations', value: figure(study.openInvitations), about: 'not opened yet' },
        ]}
      />
      <div class="wx-two wx-wide-left">
        <Scopes {...props} scopes={scopes} />
        <Sources {...props} sources={sources} />
      </div>
      <div class="wx-two wx-wide-left">
        <StudyConsentText
          {...{ study, texts: props.texts, mayChange: props.mayChange, words: props.words }}
          csrf={frame.csrf}
          zone={frame.zone}
          problem={problems.words}
        />
        <StudyClients {...props} csrf={frame.csrf} problems={problems} />
      </div>
      <Text {...props} />
    </StaffLayout>
  );
}

function Scopes({ frame, study, scopes, mayChange }: StudyProps) {
  const asked = scopes.filter(({ isAsked }) => isAsked);
  return (
    <section class="card overflow-hidden" aria-labelledby="scopes-h">
      <div class="card-header">
        <h2 id="scopes-h">Kinds of data</h2>
        <span class="wx-s wx-2">what patients are asked for</span>
      </div>
      {asked.length === 0 ? <p class="card-body wx-2">Nothing yet.</p> : null}
      {asked.length === 0 ? null : (
        <Table label="Kinds of data" columns={['Kind', numbers('Agreed'), 'Makers that have it']}>
          {asked.map(({ code, text, agreed, makers }) => (
            <Row>
              <RowHead>
                {dataKind(code, text).label}
                <small class="wx-mono">{code}</small>
              </RowHead>
              <Cell label="Agreed" class="n">
                {figure(agreed)} of {figure(study.patients)}
              </Cell>
              <Cell label="Makers">{makers.join(', ') || 'none of the study'}</Cell>
            </Row>
          ))}
        </Table>
      )}
      {mayChange ? (
        <StudyChoices
          title="Change the kinds of data"
          action={`${adminPaths.studies}/${study.id}/scopes`}
          csrf={frame.csrf}
          field="scope"
          choices={scopes.map(({ conceptId, code, text, isAsked }) => ({
            ...{ value: String(conceptId), text, detail: code, isChosen: isAsked },
          }))}
        />
      ) : null}
    </section>
  );
}

function Sources({ frame, study, sources, mayChange }: StudyProps) {
  const used = sources.filter(({ isUsed }) => isUsed);
  return (
    <section class="card" aria-labelledby="sources-h">
      <div class="card-header">
        <h2 id="sources-h">Wearables</h2>
      </div>
      {used.length === 0 ? <p class="card-body wx-2">None yet: patients have nothing to connect.</p> : null}
      <ul class="wx-list is-ruled">
        {used.map(({ name, provider, connected }) => (
          <li class="wx-row">
            <strong>{name}</strong>
            <span class="wx-s wx-2 wx-push">
              {provider === null ? 'not through Open Wearables' : counted(connected, 'patient')}
            </span>
          </li>
        ))}
      </ul>
      {mayChange ? (
        <StudyChoices
          title="Change the wearables"
          action={`${adminPaths.studies}/${study.id}/sources`}
          csrf={frame.csrf}
          field="source"
          choices={sources.map(({ id, name, provider, isUsed }) => ({
            ...{
              value: String(id),
              text: name,
              detail: provider ?? 'not through Open Wearables',
              isChosen: isUsed,
            },
          }))}
        />
      ) : null}
    </section>
  );
}

function Text({ frame, study, mayChange, typed, problems = {} }: StudyProps) {
  if (!mayChange) return null;
  const stands = { name: study.name, description: study.description, days: String(study.historyDays) };
  return (
    <section class="card" aria-labelledby="text-h">
      <div class="card-header">
        <h2 id="text-h">What patients read</h2>
      </div>
      <PostForm action={`${adminPaths.studies}/${study.id}`} csrf={frame.csrf} class="card-body wx-stack">
        <StudyText typed={typed ?? stands} problems={problems} />
        <p class="wx-s wx-2">
          More days back reach further for every agreement that stands; fewer hide what was measured before.
        </p>
        <div class="wx-actions">
          <button class="btn btn-outline-secondary">Save the text</button>
        </div>
      </PostForm>
    </section>
  );
}
