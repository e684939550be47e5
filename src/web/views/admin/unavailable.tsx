import type { Theme } from '../../texts/reader.js';
import { adminPaths } from '../paths.js';
import { DoorLayout } from './door-layout.js';

/** Instead of a page, when it failed before it was known who asks. */
export function UnavailablePage({ theme }: { readonly theme?: Theme | undefined }) {
  return (
    <DoorLayout title="Not available" theme={theme}>
      <section class="card" aria-labelledby="unavailable-h">
        <div class="card-body wx-stack p-4">
          <h1 id="unavailable-h" class="fs-4">
            This page could not be shown
          </h1>
          <p>This is on our side. What was saved before is kept. Try again in a few minutes.</p>
          <a class="btn btn-primary btn-lg w-100" href={adminPaths.home}>
            Try again
          </a>
        </div>
      </section>
    </DoorLayout>
  );
}
