import { type Config, loadConfig, secretVariables } from '../src/config.js';

/** What each variable is; a variable without words does not compile. */
const words: Readonly<Record<keyof Config, string>> = {
  DATABASE_URL: 'Postgres, `postgres://...`; tested with 18',
  DATABASE_POOL_SIZE:
    'connections of one process; one that answers requests opens as many again to read for people, one of workers half as many more to store pages',
  TEMPORAL_ADDRESS: '`host:port`',
  TEMPORAL_NAMESPACE: 'keeps its workflows apart from those of others',
  TEMPORAL_TASK_QUEUE: 'where workers find their work',
  TEMPORAL_WORKER_VERSIONING:
    '`on`: polls end on the version of the workers that began them: [operations.md](operations.md#upgrade)',
  TEMPORAL_PAYLOAD_KEYS:
    'keys that encrypt what Temporal keeps, the current one first, by commas: [operations.md](operations.md#encryption-in-temporal)',
  TEMPORAL_UI_URL: 'shown to operators',
  HOST: 'address to listen on',
  PORT: 'port to listen on',
  WORKER_PORT:
    'port where a process of `worker` alone answers `/health`, `/ready` and `/metrics`; `api` and `serve` do at `PORT`',
  STOP_DELAY_SECONDS: 'how long a process that was told to stop goes on answering while `/ready` says no',
  SITE_URL: 'where browsers reach it; `https:` makes cookies secure',
  SECRET_KEY: 'at least 32 characters; seals stored secrets',
  SECRET_KEYS_RETIRED: 'former keys, by commas, until `secrets rotate` has run',
  OW_API_URL: 'Open Wearables, unless the setting `ow.api_url` is set',
  OW_API_KEY: 'its API key, unless the setting `ow.api_key` is set',
  UPSTREAM_HOSTS:
    'hosts that `ow.api_url` and `ow.s3.endpoint_url` may name: `host`, `host:port`, `host:*`, by commas',
  UPSTREAM_NETWORKS: 'private networks those hosts may be in, as `10.0.0.0/8`, by commas',
  SIGN_IN_HOSTS:
    'hosts where patients may be sent to sign in, beside those known of each maker: `host`, `host:port`, `host:*`, by commas',
  TRUSTED_PROXIES:
    'networks of your own proxies, as `10.0.0.0/8`, by commas; their `X-Forwarded-For` tells which machine asks. Behind a proxy this is needed: else all people share one rate limit',
  RATE_LIMIT_FACTOR: 'multiplies every rate limit',
  SMTP_URL: 'mail server for letters to patients, `smtp://` or `smtps://`; without it none are sent',
  MAIL_FROM: 'their sender, `Name <address>`',
  OTEL_EXPORTER_OTLP_ENDPOINT:
    'an OpenTelemetry collector (OTLP over HTTP) that hears of traces: [operations.md](operations.md#traces)',
  LOG_LEVEL: '`trace` to `error`, or `silent`',
};

const REQUIRED = {
  DATABASE_URL: 'postgres://localhost/x',
  TEMPORAL_ADDRESS: 'localhost:7233',
  SECRET_KEY: 'x'.repeat(32),
} as const;

/** docs/configuration.md: every variable, with what holds without it as the program itself reads it. */
export function renderConfiguration(): string {
  const defaults: Partial<Record<string, unknown>> = loadConfig(REQUIRED);
  const rows = Object.entries(words).map(([name, is]) => {
    const fallback = name in REQUIRED ? 'required' : shown(defaults[name]);
    return `| \`${name}\` | ${fallback} | ${is} |\n`;
  });
  return `${HEAD}\n| variable | default | is |\n| --- | --- | --- |\n${rows.join('')}\n${TAIL}`;
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? `\`${value}\`` : 'none';
}

const HEAD = `# Configuration

Written by \`npx tsx dev/configuration-page.ts\` from the program itself; a test fails when it is out of date.

The program reads its environment once, when it starts, and reports all mistakes at once; an empty variable is an absent one.
A secret (${secretVariables.map((name) => `\`${name}\``).join(', ')}) may lie in a
file instead, named by the variable with \`_FILE\` at its end, as \`SECRET_KEY_FILE=/run/secrets/secret-key\`; a line break at the
file's end does not count, and both at once are a mistake.
\`.env.example\` has every variable. What an operator changes while it runs is a setting instead:
[operations.md](operations.md#settings).
`;

const TAIL = `Of the embedded world only: \`OW_PORT\` (8000), \`TEMPORAL_PORT\` (7233), \`TEMPORAL_UI_PORT\` (8233), \`MAIL_PORT\` (8025: a page of
the mails it caught), \`TEMPORAL_CLI_PATH\` (a Temporal CLI of your own), and of the tests \`CHROME_PATH\` (a Chromium of your own) and
\`PROMTOOL_PATH\` (a promtool of your own; else one on the path, else Go builds one). With \`DATABASE_URL\`, \`TEMPORAL_ADDRESS\`, or
\`OW_API_URL\` and \`OW_API_KEY\` it uses your server instead of its own.
`;
