import { Icon, type IconName } from './icon.js';

export interface Fact {
  readonly icon: IconName;
  readonly text: string;
}

/** Short truths, an icon before each. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <ul class="wx-facts">
      {facts.map(({ icon, text }) => (
        <li>
          <Icon name={icon} />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
