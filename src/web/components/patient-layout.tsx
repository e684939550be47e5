import type { Child, PropsWithChildren } from 'hono/jsx';
import { languages } from '../texts/languages.js';
import type { Reader } from '../texts/reader.js';
import { patientPaths } from '../views/paths.js';
import type { Contact } from './contact.js';
import { type Again, Document } from './document.js';
import { Icon } from './icon.js';
import { Mark } from './mark.js';
import { PostForm } from './post-form.js';
import { type Place, Steps } from './steps.js';
import { ThemeSwitch } from './theme-switch.js';

/** What every patient page is told: who reads it, whose page it is, whom to ask. */
export interface PatientFrame extends Reader {
  readonly organization: string;
  /** The organization that this one belongs to. */
  readonly partOf?: string | undefined;
  readonly contact?: Contact | undefined;
  /** Present where this browser is signed in; the page then offers to sign out. */
  readonly signOutCsrf?: string | undefined;
}

interface LayoutProps {
  readonly frame: PatientFrame;
  readonly title: string;
  readonly place?: Place | undefined;
  readonly aside?: { readonly label: string; readonly content: Child; readonly wide?: boolean } | undefined;
  readonly again?: Again | undefined;
}

/** The shell of the patient's pages: who runs them, the four steps, the text, and a column beside it. */
export function PatientLayout({
  frame,
  title,
  place,
  aside,
  again,
  children,
}: PropsWithChildren<LayoutProps>) {
  const columns = aside === undefined ? '' : aside.wide === true ? ' has-aside has-log' : ' has-aside';
  return (
    <Document
      title={`${title} · ${frame.organization}`}
      bodyClass="wx-patient"
      reader={frame}
      script="patient.js"
      again={again}
    >
      <PatientHeader frame={frame} />
      <main id="main" class={`wx-page${columns}`}>
        {place === undefined ? null : <Steps place={place} texts={frame.texts} />}
        {children}
        {aside === undefined ? null : (
          <aside class="wx-aside" aria-label={aside.label}>
            {aside.content}
          </aside>
        )}
      </main>
      <footer class="wx-foot">
        <div>
          <span>{[frame.organization, frame.partOf].filter(Boolean).join(', ')}</span>
          <HelpLinks texts={frame.texts} />
          <ThemeSwitch texts={frame.texts} theme={frame.theme} />
          <SignOut frame={frame} class="d-md-none" />
        </div>
      </footer>
    </Document>
  );
}

function HelpLinks({ texts: { help } }: Pick<Reader, 'texts'>) {
  return (
    <>
      <a href={`${patientPaths.help}#privacy`}>{help.privacy}</a>
      <a href={`${patientPaths.help}#rights`}>{help.rights}</a>
      <a href={`${patientPaths.help}#help`}>{help.help}</a>
    </>
  );
}

function PatientHeader({ frame }: { readonly frame: PatientFrame }) {
  return (
    <header class="wx-top">
      <div>
        <Mark />
        <p class="wx-org">
          {frame.organization}
          {frame.partOf === undefined ? null : <small>{frame.partOf}</small>}
        </p>
        <div class="wx-push d-flex">
          <LanguageSwitch reader={frame} />
          <SignOut frame={frame} class="wx-hide-s" />
        </div>
      </div>
    </header>
  );
}

/** In the header where there is room, else below the page. */
function SignOut({ frame, class: className }: { readonly frame: PatientFrame; readonly class: string }) {
  if (frame.signOutCsrf === undefined) return null;
  return (
    <PostForm action={patientPaths.signOut} csrf={frame.signOutCsrf} class={className}>
      <button>
        <Icon name="box-arrow-right" />
        {frame.texts.shell.signOut}
      </button>
    </PostForm>
  );
}

/** The other languages, each in its own words. Posts to the page it stands on, which comes back in that language. */
function LanguageSwitch({ reader }: { readonly reader: Reader }) {
  const others = Object.values(languages).filter(({ texts }) => texts !== reader.texts);
  return (
    <form method="post">
      {others.map(({ texts: { shell } }) => (
        <button name="language" value={shell.language} lang={shell.language}>
          <Icon name="translate" />
          {shell.name}
        </button>
      ))}
    </form>
  );
}
