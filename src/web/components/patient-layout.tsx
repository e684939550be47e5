import type { Child, PropsWithChildren } from 'hono/jsx';
import { patientPaths } from '../views/paths.js';
import type { Contact } from './contact.js';
import { Document } from './document.js';
import { Icon } from './icon.js';
import { Mark } from './mark.js';
import { PostForm } from './post-form.js';
import { type Place, Steps } from './steps.js';

/** What every patient page is told: whose page it is, in which zone times are written, whom to ask. */
export interface PatientFrame {
  readonly organization: string;
  /** IANA zone, e.g. `Europe/Madrid`. */
  readonly zone: string;
  readonly contact?: Contact | undefined;
  /** Present where this browser is signed in; the page then offers to sign out. */
  readonly signOutCsrf?: string | undefined;
}

interface LayoutProps {
  readonly frame: PatientFrame;
  readonly title: string;
  readonly place?: Place | undefined;
  readonly aside?: { readonly label: string; readonly content: Child; readonly wide?: boolean } | undefined;
  readonly refreshSeconds?: number | undefined;
}

/** The shell of the patient's pages: who runs them, the four steps, the text, and a column beside it. */
export function PatientLayout({
  frame,
  title,
  place,
  aside,
  refreshSeconds,
  children,
}: PropsWithChildren<LayoutProps>) {
  const columns = aside === undefined ? '' : aside.wide === true ? ' has-aside has-log' : ' has-aside';
  return (
    <Document
      title={`${title} · ${frame.organization}`}
      bodyClass="wx-patient"
      refreshSeconds={refreshSeconds}
    >
      <PatientHeader frame={frame} />
      <main id="main" class={`wx-page${columns}`}>
        {place === undefined ? null : <Steps place={place} />}
        {children}
        {aside === undefined ? null : (
          <aside class="wx-aside" aria-label={aside.label}>
            {aside.content}
          </aside>
        )}
      </main>
      <footer class="wx-foot">
        <div>
          <span>{frame.organization}</span>
        </div>
      </footer>
    </Document>
  );
}

function PatientHeader({ frame }: { readonly frame: PatientFrame }) {
  return (
    <header class="wx-top">
      <div>
        <Mark />
        <p class="wx-org">{frame.organization}</p>
        {frame.signOutCsrf === undefined ? null : (
          <PostForm action={patientPaths.signOut} csrf={frame.signOutCsrf} class="wx-push">
            <button class="btn btn-link wx-quiet btn-sm px-1 wx-nowrap">
              <Icon name="box-arrow-right" />
              Sign out
            </button>
          </PostForm>
        )}
      </div>
    </header>
  );
}
