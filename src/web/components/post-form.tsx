import type { PropsWithChildren } from 'hono/jsx';

interface PostFormProps {
  readonly action: string;
  readonly csrf: string;
  /** Further hidden fields, by name. */
  readonly hidden?: Readonly<Record<string, string>>;
  readonly class?: string;
}

/** The only form with effects: a POST that carries the anti-forgery value as hidden field `csrf`. */
export function PostForm({
  action,
  csrf,
  hidden = {},
  class: className,
  children,
}: PropsWithChildren<PostFormProps>) {
  return (
    <form method="post" action={action} class={className}>
      <input type="hidden" name="csrf" value={csrf} />
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
