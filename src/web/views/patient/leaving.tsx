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
  return (
    <Document title={`To ${device} · ${frame.organization}`} bodyClass="wx-patient" moveTo={to}>
      <main id="main" class="wx-page">
        <div class="wx-state">
          <section class="card w-100" aria-labelledby="leaving-h">
            <div class="card-body wx-stack-l">
              <div class="d-flex gap-3 align-items-center">
                <span class="wx-spin" aria-hidden="true" />
                <div>
                  <h1 id="leaving-h">Taking you to {device}</h1>
                  <p class="wx-2" role="status">
                    Sign in there and allow access. You come back here by yourself.
                  </p>
                </div>
              </div>
              <p>
                <a href={to}>Go on to {device}</a>
              </p>
            </div>
          </section>
        </div>
      </main>
    </Document>
  );
}
