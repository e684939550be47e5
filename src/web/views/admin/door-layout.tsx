import type { PropsWithChildren } from 'hono/jsx';
import { Document } from '../../components/document.js';
import { Mark } from '../../components/mark.js';
import { en } from '../../texts/en.js';
import type { Theme } from '../../texts/reader.js';

interface DoorProps {
  readonly title: string;
  readonly theme?: Theme | undefined;
}

/** A staff page that knows nobody yet: one card, without navigation. */
export function DoorLayout({ title, theme, children }: PropsWithChildren<DoorProps>) {
  return (
    <Document title={`${title} · Wearable Exchange`} bodyClass="wx-patient" reader={{ texts: en, theme }}>
      <main id="main" class="wx-page align-content-center">
        <div class="wx-signin">
          <div class="d-flex align-items-center gap-3 mb-4">
            <Mark />
            <p class="wx-org fs-5">
              Wearable Exchange<small>For study teams and operators</small>
            </p>
          </div>
          {children}
        </div>
      </main>
    </Document>
  );
}
