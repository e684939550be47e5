import type { PropsWithChildren } from 'hono/jsx';
import { assetUrl } from '../assets.js';
import { en } from '../texts/en.js';
import type { Reader } from '../texts/reader.js';

interface DocumentProps {
  readonly title: string;
  readonly bodyClass: string;
  /** Whose language and light it is; English, as the device decides, for staff. */
  readonly reader?: Pick<Reader, 'texts' | 'theme'> | undefined;
  /** Seconds until the browser asks again; for pages that wait for the machine. */
  readonly refreshSeconds?: number | undefined;
  /** Another address that the browser goes on to at once; for pages between ours and a maker's. */
  readonly moveTo?: string | undefined;
}

/** Head and body of every page: styles of our own origin, no script. */
export function Document(props: PropsWithChildren<DocumentProps>) {
  const { title, bodyClass, reader = { texts: en }, refreshSeconds, moveTo, children } = props;
  const { shell } = reader.texts;
  return (
    <html lang={shell.language} data-bs-theme={reader.theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={reader.theme ?? 'light dark'} />
        {refreshSeconds === undefined ? null : <meta http-equiv="refresh" content={String(refreshSeconds)} />}
        {moveTo === undefined ? null : <meta http-equiv="refresh" content={`0;url=${moveTo}`} />}
        <title>{title}</title>
        <link rel="icon" href={assetUrl('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetUrl('bootstrap.min.css')} />
        <link rel="stylesheet" href={assetUrl('theme.css')} />
      </head>
      <body class={bodyClass}>
        <a class="wx-skip" href="#main">
          {shell.skip}
        </a>
        {children}
      </body>
    </html>
  );
}
