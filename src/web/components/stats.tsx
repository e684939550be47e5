import type { Child } from 'hono/jsx';

/** A number that matters, with its name and what it is about. */
export interface Stat {
  readonly name: string;
  readonly value: string;
  readonly about?: Child;
}

/** Numbers that matter, at most four. */
export function Stats({ stats }: { readonly stats: readonly Stat[] }) {
  return (
    <dl class="wx-stats">
      {stats.map(({ name, value, about }) => (
        <div>
          <dt>{name}</dt>
          <dd>
            {value}
            {about === undefined ? null : <small>{about}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
