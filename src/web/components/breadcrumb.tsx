interface BreadcrumbProps {
  readonly trail: readonly { readonly href: string; readonly text: string }[];
  readonly here: string;
}

/** The way back up. */
export function Breadcrumb({ trail, here }: BreadcrumbProps) {
  return (
    <nav aria-label="Breadcrumb">
      <ol class="breadcrumb">
        {trail.map(({ href, text }) => (
          <li class="breadcrumb-item">
            <a href={href}>{text}</a>
          </li>
        ))}
        <li class="breadcrumb-item active" aria-current="page">
          {here}
        </li>
      </ol>
    </nav>
  );
}
