import type { PropsWithChildren } from 'hono/jsx';
import { Document } from '../../components/document.js';
import { Icon } from '../../components/icon.js';
import { Mark } from '../../components/mark.js';
import { PostForm } from '../../components/post-form.js';
import { adminPaths } from '../paths.js';

/** What every staff page is told. */
export interface StaffFrame {
  readonly userName: string;
  readonly csrf: string;
  /** IANA zone in which times are written. */
  readonly zone: string;
  readonly temporalUrl: string;
  readonly apiDocsUrl: string;
}

interface LayoutProps {
  readonly frame: StaffFrame;
  readonly title: string;
}

/** The shell of the staff pages: a side bar on wide screens, a menu on narrow ones. */
export function StaffLayout({ frame, title, children }: PropsWithChildren<LayoutProps>) {
  return (
    <Document title={`${title} · Wearable Exchange`} bodyClass="wx-staff">
      <header class="wx-side">
        <div class="d-flex align-items-center gap-2">
          <Mark />
          <p class="wx-org">
            Wearable Exchange<small>{frame.userName}</small>
          </p>
        </div>
        <details class="wx-side-menu d-lg-none">
          <summary class="btn btn-outline-secondary btn-sm">
            <Icon name="list" />
            Menu
          </summary>
          <nav class="wx-side-nav" aria-label="Main, small screens">
            <Links frame={frame} />
            <SignOut csrf={frame.csrf} />
          </nav>
        </details>
        <nav class="wx-side-nav d-none d-lg-block" aria-label="Main">
          <Links frame={frame} />
        </nav>
        <div class="d-none d-lg-block mt-auto pt-4">
          <SignOut csrf={frame.csrf} />
        </div>
      </header>
      <main id="main" class="wx-main">
        {children}
      </main>
    </Document>
  );
}

function Links({ frame }: { readonly frame: StaffFrame }) {
  return (
    <ul>
      <li>
        <a href={adminPaths.home} aria-current="page">
          <Icon name="people" />
          Studies and patients
        </a>
      </li>
      <li>
        <a href={frame.temporalUrl}>
          <Icon name="box-arrow-up-right" />
          Temporal
        </a>
      </li>
      <li>
        <a href={frame.apiDocsUrl}>
          <Icon name="journal-medical" />
          API
        </a>
      </li>
    </ul>
  );
}

function SignOut({ csrf }: { readonly csrf: string }) {
  return (
    <PostForm action={adminPaths.signOut} csrf={csrf}>
      <button class="btn btn-link wx-quiet">
        <Icon name="box-arrow-right" />
        Sign out
      </button>
    </PostForm>
  );
}
