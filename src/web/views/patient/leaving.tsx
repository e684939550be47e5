import { Document } from '../../components/document.js';
import type { PatientFrame } from '../../components/patient-layout.js';

interface LeavingProps {
  readonly frame: PatientFrame;
  /** The device's maker, e.g. `Oura`. */
  readonly device: string;
  /** The sign-in page of the maker. */
  readonly to: string;
}

/** The moment between our page and the maker's: moves on by itself, and by a link where it does not. */
export function LeavingPage({ frame, device, to }: LeavingProps) {
  const { leaving } = frame.texts;
  return (
    <Document
      title={`${leaving.title(device)} · ${frame.organization}`}
      bodyClass="wx-patient"
      reader={frame}
      moveTo={to}
    >
      <main id="main" class="wx-page">
        <div class="wx-state">
          <section class="card w-100" aria-labelledby="leaving-h">
            <div class="card-body wx-stack-l">
              <div class="d-flex gap-3 align-items-center">
                <span class="wx-spin" aria-hidden="true" />
                <div>
                  <h1 id="leaving-h">{leaving.taking(device)}</h1>
                  <p class="wx-2" role="status">
                    {leaving.comeBack}
                  </p>
                </div>
              </div>
              <p>
                <a href={to}>{leaving.goOn(device)}</a>
              </p>
            </div>
          </section>
        </div>
      </main>
    </Document>
  );
}
