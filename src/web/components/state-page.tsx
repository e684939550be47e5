import type { Child, PropsWithChildren } from 'hono/jsx';
import { StillStuck } from './contact.js';
import type { Again } from './document.js';
import { type Fact, Facts } from './facts.js';
import { Icon, type IconName } from './icon.js';
import { type PatientFrame, PatientLayout } from './patient-layout.js';
import type { Place } from './steps.js';
import type { Tone } from './tone.js';

interface StatePageProps {
  readonly frame: PatientFrame;
  readonly title: string;
  /** What happened and what it means, in a sentence or two. */
  readonly lead: string;
  readonly tone: Tone;
  readonly icon: IconName;
  readonly place?: Place | undefined;
  readonly facts?: readonly Fact[] | undefined;
  /** The way on: buttons and links. */
  readonly actions?: Child;
  readonly again?: Again | undefined;
}

/** A whole page that says one thing: what happened, what it means for the data, what to do. */
export function StatePage(props: PropsWithChildren<StatePageProps>) {
  const { frame, title, lead, tone, icon, place, facts, actions, again, children } = props;
  return (
    <PatientLayout frame={frame} title={title} place={place} again={again}>
      <div class="wx-state">
        <section class="card w-100" aria-labelledby="state-h">
          <div class="card-body wx-stack-l p-4">
            <span class={`wx-tile is-l is-${tone}`}>
              <Icon name={icon} />
            </span>
            <div class="wx-stack-s">
              <h1 id="state-h">{title}</h1>
              <p class="wx-lead">{lead}</p>
            </div>
            {facts === undefined ? null : <Facts facts={facts} />}
            {children}
            {actions === undefined ? null : <div class="wx-actions">{actions}</div>}
          </div>
        </section>
        {frame.contact === undefined ? null : <StillStuck contact={frame.contact} texts={frame.texts} />}
      </div>
    </PatientLayout>
  );
}
