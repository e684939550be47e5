import type { Context } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { newToken } from '../../auth/tokens.js';
import { requestedScopes } from '../../db/consents.js';
import { findSessionLink } from '../../db/invitation-links.js';
import { findOffer, type InvitationOffer } from '../../db/invitations.js';
import { renderPage } from '../components/render-page.js';
import type { WebEnv } from '../session.js';
import {
  ExpiredInvitationPage,
  ForgottenLinkPage,
  UnusableInvitationPage,
} from '../views/patient/invitation-messages.js';
import { LaunchPage } from '../views/patient/launch.js';
import { ResumePage } from '../views/patient/way-back.js';
import { patientPaths } from '../views/paths.js';
import { studiesOf } from './consent-form.js';
import { frameOf, frameOfPatient } from './frame.js';
import { hashOfLink, type LinkAtHand } from './link-at-hand.js';

type Deps = Pick<ServerDeps, 'sql'>;

/** What a link shows before it is used: who invites, or the way back in. Looking changes nothing. */
export async function linkPage(context: Context<WebEnv>, { sql }: Deps, link: LinkAtHand): Promise<Response> {
  const hash = hashOfLink(link);
  const offer = await findOffer(sql, hash);
  const back = offer === undefined ? await findSessionLink(sql, hash) : undefined;
  const opens = isOpen(offer) ? offer : back?.isOpen === true ? back : undefined;
  if (opens === undefined) return refusedPage(context, { sql }, { link, offer });
  const frame = await frameOfPatient(context, sql, opens.patientId);
  if (link.token === undefined) return context.html(await renderPage(ForgottenLinkPage({ frame })), 403);
  // Nobody is signed in yet; this names the visit, so that a double click is one click.
  const visit = newToken();
  if (!isOpen(offer)) return context.html(await renderPage(ResumePage({ frame, visit, link: link.name })));
  const studies = studiesOf(await requestedScopes(sql, offer.patientId), new Date());
  const page = LaunchPage({
    ...{ frame, csrf: visit, link: link.name, inviter: offer.invitedBy, expiresAt: offer.expiresAt },
    studies: studies.map((study) => ({
      name: study.name,
      runBy: study.organization,
      scopes: study.lines.map(({ scope, name }) => ({ code: scope, name })),
    })),
  });
  return context.html(await renderPage(page));
}

function isOpen(offer: InvitationOffer | undefined): offer is InvitationOffer {
  return offer?.status === 'issued' && !offer.expired;
}

interface Refused {
  readonly link?: LinkAtHand | undefined;
  readonly offer?: InvitationOffer | undefined;
}

/** A link that opens nothing: the browser that used it goes on, everybody else learns why not. */
export async function refusedPage(
  context: Context<WebEnv>,
  { sql }: Deps,
  { link, offer }: Refused,
): Promise<Response> {
  const session = context.get('session');
  const signedInHere = session?.patientId != null;
  if (offer?.status === 'redeemed' && session?.patientId === offer.patientId) {
    return context.redirect(patientPaths.preparing, 303);
  }
  if (offer?.status === 'expired' || offer?.status === 'issued') {
    const frame = await frameOfPatient(context, sql, offer.patientId);
    const page = ExpiredInvitationPage({ frame, endedAt: offer.expiresAt, link: link?.name });
    return context.html(await renderPage(page), 410);
  }
  const frame = await frameOf(context, sql);
  const page = UnusableInvitationPage({ frame, signedInHere, link: link?.name });
  return context.html(await renderPage(page), 410);
}
