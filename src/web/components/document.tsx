import type { PropsWithChildren } from 'hono/jsx';
import { type AssetName, assetUrl } from '../assets.js';
import { en } from '../texts/en.js';
import type { Reader } from '../texts/reader.js';

export interface Again {
  readonly seconds: number;
  readonly at?: string | undefined;
}

interface DocumentProps {
  readonly title: string;
  readonly bodyClass: string;
  /** Whose language and light it is; English, as the device decides, for staff. */
  readonly reader?: Pick<Reader, 'texts' | 'theme'> | undefined;
  /** What runs in the page, of our own files. */
  readonly script?: AssetName | undefined;
  /** When the script looks again whether the machine is done, and where, if not at this address. */
  readonly again?: Again | undefined;
  /** Another address that the browser goes on to at once; for pages between ours and a maker's. */
  readonly moveTo?: string | undefined;
}

/** Head and body of every page: styles and scripts of our own origin, nothing inline. */
export function Document(props: PropsWithChildren<DocumentProps>) {
  const { title, bodyClass, reader = { texts: en }, script, again, moveTo, children } = props;
  const { shell } = reader.texts;
  return (
    <html lang={shell.language} data-bs-theme={reader.theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={reader.theme ?? 'light dark'} />
        {moveTo === undefined ? null : <meta http-equiv="refresh" content={`0;url=${moveTo}`} />}
        <title>{title}</title>
        <link rel="icon" href={assetUrl('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetUrl('bootstrap.min.css')} />
        <link rel="stylesheet" href={assetUrl('theme.css')} />
        {script === undefined ? null : <script type="module" src={assetUrl(script)} />}
      </head>
      <body class={bodyClass} data-again={again?.seconds} data-at={again?.at}>
        <a class="wx-skip" href="#main">
          {shell.skip}
        </a>
        {children}
      </body>
    </html>
  );
}
