import type { PropsWithChildren } from 'hono/jsx';
import { type Again, Document } from '../../components/document.js';
import { Icon } from '../../components/icon.js';
import { Mark } from '../../components/mark.js';
import { PostForm } from '../../components/post-form.js';
import { ThemeSwitch } from '../../components/theme-switch.js';
import { en } from '../../texts/en.js';
import type { Theme } from '../../texts/reader.js';
import { adminPaths } from '../paths.js';
import { StaffNavigation, type StaffPlace } from './staff-navigation.js';

/** What every staff page is told. */
export interface StaffFrame {
  readonly userName: string;
  /** `Manager, 3 organizations` */
  readonly standing: string;
  readonly isOperator: boolean;
  /** Whether they may read the audit trail. */
  readonly readsAudit: boolean;
  readonly csrf: string;
  /** IANA zone in which times are written. */
  readonly zone: string;
  readonly temporalUrl: string;
  readonly apiDocsUrl: string;
  /** Chosen with the switch; absent where the device decides. */
  readonly theme?: Theme | undefined;
  /** A page that answers a form would be gone after a switch, and what was typed with it. */
  readonly answersForm?: boolean | undefined;
}

interface LayoutProps {
  readonly frame: StaffFrame;
  readonly title: string;
  readonly here: StaffPlace;
  readonly again?: Again | undefined;
}

/** The shell of the staff pages: a side bar on wide screens, a menu on narrow ones. */
export function StaffLayout({ frame, title, here, again, children }: PropsWithChildren<LayoutProps>) {
  const { isOperator, readsAudit, temporalUrl, apiDocsUrl } = frame;
  const navigation = <StaffNavigation {...{ here, isOperator, readsAudit, temporalUrl, apiDocsUrl }} />;
  return (
    <Document
      title={`${title} · Wearable Exchange`}
      bodyClass="wx-staff"
      reader={{ texts: en, theme: frame.theme }}
      script="staff.js"
      again={again}
    >
      <header class="wx-side">
        <div class="d-flex align-items-center gap-2">
          <Mark />
          <p class="wx-org">
            Wearable Exchange<small>For study teams</small>
          </p>
        </div>
        <details class="wx-side-menu d-lg-none">
          <summary class="btn btn-outline-secondary btn-sm">
            <Icon name="list" />
            Menu
          </summary>
          <nav class="wx-side-nav" aria-label="Main, small screens">
            {navigation}
            <Person frame={frame} />
          </nav>
        </details>
        <nav class="wx-side-nav d-none d-lg-block" aria-label="Main">
          {navigation}
        </nav>
        <div class="d-none d-lg-block mt-auto pt-4">
          <Person frame={frame} />
        </div>
      </header>
      <main id="main" class="wx-main">
        {children}
      </main>
    </Document>
  );
}

function Person({ frame: { userName, standing, csrf, theme, answersForm } }: { readonly frame: StaffFrame }) {
  return (
    <div class="wx-stack-s px-2 pt-2">
      <div class="wx-s">
        <strong>{userName}</strong>
        <span class="wx-2 wx-xs d-block">{standing}</span>
      </div>
      <PostForm action={adminPaths.signOut} csrf={csrf}>
        <button class="btn btn-link wx-quiet btn-sm px-0">
          <Icon name="box-arrow-right" />
          Sign out
        </button>
      </PostForm>
      {answersForm === true ? null : <ThemeSwitch texts={en} theme={theme} />}
    </div>
  );
}
