import type { PropsWithChildren } from 'hono/jsx';

/** One term of a definition list, and what it says. */
export function Fact({ term, children }: PropsWithChildren<{ readonly term: string }>) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
