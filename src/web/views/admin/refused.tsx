import { Icon, type IconName } from '../../components/icon.js';
import { adminPaths } from '../paths.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';

interface RefusedProps {
  readonly frame: StaffFrame;
  readonly refusal: 'not found' | 'not allowed' | 'form expired' | 'too many' | 'failed';
}

interface Words {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
}

const words: Record<RefusedProps['refusal'], Words> = {
  'not found': {
    icon: 'search',
    title: 'Nothing is here for you',
    text: 'There is no such page, or it belongs to an organization that you are not a member of.',
  },
  'not allowed': {
    icon: 'shield-lock',
    title: 'Your role does not allow this',
    text: 'Nothing has changed. A manager of the organization can do it, or give you the role.',
  },
  'form expired': {
    icon: 'clock-history',
    title: 'This form has expired',
    text: 'Nothing has changed. Open the page again, then send the form again.',
  },
  'too many': {
    icon: 'hourglass-split',
    title: 'Too often within an hour',
    text: 'Nothing has changed. Try again later; nobody else is held up.',
  },
  failed: {
    icon: 'exclamation-octagon-fill',
    title: 'This page could not be shown',
    text: 'This is on our side. What was saved before is kept. Try again in a few minutes.',
  },
};

/** Instead of a page: why it is not shown, and the way on. */
export function RefusedPage({ frame, refusal }: RefusedProps) {
  const { icon, title, text } = words[refusal];
  return (
    <StaffLayout frame={frame} title={title} here="home">
      <section class="card wx-empty" aria-labelledby="refused-h">
        <span class="wx-tile is-l is-idle">
          <Icon name={icon} />
        </span>
        <h1 id="refused-h">{title}</h1>
        <p>{text}</p>
        <a class="btn btn-outline-secondary" href={adminPaths.home}>
          Go to the first page
        </a>
      </section>
    </StaffLayout>
  );
}
