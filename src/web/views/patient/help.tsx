import type { PropsWithChildren } from 'hono/jsx';
import { ContactRows } from '../../components/contact.js';
import { type Fact, Facts } from '../../components/facts.js';
import { type PatientFrame, PatientLayout } from '../../components/patient-layout.js';
import { patientPaths } from '../paths.js';
import { AskForLink } from './way-back.js';

/** What is kept, who sees it, how to stop, take along and delete, whom to ask. Needs no session. */
export function HelpPage({ frame }: { readonly frame: PatientFrame }) {
  const { help, wayBack } = frame.texts;
  const isSignedIn = frame.signOutCsrf !== undefined;
  const rights = [
    { title: help.stop, facts: facts('stop-circle', help.stopHow, help.stopMeans) },
    { title: help.download, facts: facts('download', help.downloadHow) },
    { title: help.remove, facts: facts('slash-circle', help.removeHow, help.removeAll) },
  ];
  return (
    <PatientLayout frame={frame} title={help.title}>
      <div class="wx-stack-l">
        <div class="wx-stack-s">
          <h1>{help.title}</h1>
          <p class="wx-lead">{help.lead}</p>
        </div>
        <Part id="privacy" title={help.privacy}>
          <Topic
            title={help.kept}
            facts={facts('journal-medical', help.keptReadings, help.keptAnswers, help.keptPerson)}
          />
          <Topic
            title={help.seen}
            facts={facts('people', help.seenTeam, help.seenService, help.seenBetween)}
          />
          <Facts facts={facts('shield-lock', help.notSeen)} />
        </Part>
        <Part id="rights" title={help.rights}>
          {rights.map((topic) => (
            <Topic {...topic} />
          ))}
          {isSignedIn ? (
            <div class="wx-actions">
              <a class="btn btn-outline-secondary btn-lg" href={patientPaths.manage}>
                {help.toYourPage}
              </a>
            </div>
          ) : null}
        </Part>
        <Part id="help" title={help.help}>
          <h3>{help.ask}</h3>
          {frame.contact === undefined ? (
            <p>{help.askTeam}</p>
          ) : (
            <dl class="wx-kv">
              <ContactRows contact={frame.contact} texts={frame.texts} />
            </dl>
          )}
          <Facts facts={facts('terminal', help.logHelps)} />
          {isSignedIn ? null : (
            <>
              <h3>{help.lostLink}</h3>
              <AskForLink frame={frame} label={wayBack.freshLink} />
            </>
          )}
        </Part>
      </div>
    </PatientLayout>
  );
}

interface PartProps {
  readonly id: string;
  readonly title: string;
}

function Part({ id, title, children }: PropsWithChildren<PartProps>) {
  return (
    <section class="card" id={id} aria-labelledby={`${id}-h`}>
      <div class="card-body wx-stack">
        <h2 id={`${id}-h`}>{title}</h2>
        {children}
      </div>
    </section>
  );
}

function Topic({ title, facts: truths }: { readonly title: string; readonly facts: readonly Fact[] }) {
  return (
    <div class="wx-stack-s">
      <h3>{title}</h3>
      <Facts facts={truths} />
    </div>
  );
}

const facts = (icon: Fact['icon'], ...texts: readonly string[]) => texts.map((text) => ({ icon, text }));
