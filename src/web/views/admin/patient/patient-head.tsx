import type { Child } from 'hono/jsx';
import { Breadcrumb } from '../../../components/breadcrumb.js';
import { Chip } from '../../../components/chip.js';
import type { StateWords } from '../../../components/connection-state.js';
import { Tabs } from '../../../components/link-choices.js';
import { adminPaths } from '../../paths.js';

/** What every page of a patient says at its top. */
export interface PatientFacts {
  readonly id: number;
  readonly name: string;
  /** `12 March 1968` */
  readonly born: string | undefined;
  readonly email: string;
  /** IANA zone: their days begin there, and all times of their pages are written in it. */
  readonly zone: string;
}

export type PatientTab = 'overview' | 'observations' | 'days' | 'consents';

interface PatientHeadProps {
  readonly patient: PatientFacts;
  readonly tab: PatientTab;
  readonly states?: readonly StateWords[];
  readonly actions?: Child;
}

/** Who it is, how it stands, and the pages about them. */
export function PatientHead({ patient, tab, states = [], actions }: PatientHeadProps) {
  const { id, name, born, email, zone } = patient;
  const home = `${adminPaths.patients}/${id}`;
  return (
    <>
      <Breadcrumb trail={[{ href: adminPaths.patients, text: 'Patients' }]} here={String(id)} />
      <div class="wx-head">
        <div>
          <h1>{name}</h1>
          <p class="wx-2 wx-s">
            {id}
            {born === undefined ? null : ` · born ${born}`} · {email} · times are {zone.replaceAll('_', ' ')}
          </p>
          {states.length === 0 ? null : (
            <div class="wx-row pt-1">
              {states.map(({ tone, icon, word }) => (
                <Chip tone={tone} icon={icon}>
                  {word}
                </Chip>
              ))}
            </div>
          )}
        </div>
        {actions === undefined ? null : <div class="wx-actions">{actions}</div>}
      </div>
      <Tabs
        label="Patient"
        choices={[
          { href: home, text: 'Overview', isCurrent: tab === 'overview' },
          { href: `${home}/observations`, text: 'Observations', isCurrent: tab === 'observations' },
          { href: `${home}/days`, text: 'Days', isCurrent: tab === 'days' },
          { href: `${home}/consents`, text: 'Consents', isCurrent: tab === 'consents' },
        ]}
      />
    </>
  );
}
