import { isIP } from 'node:net';
import { z } from 'zod';
import { NamedError } from './errors.js';
import { readSecretFiles } from './secret-files.js';

const port = z.coerce.number().int().min(1).max(65_535);
const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

function isNetwork(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && /^\d+$/.test(bits) && Number(bits) <= longest;
}

const LONG_ENOUGH = 'must have at least 32 characters';
const listOf = (item: z.ZodType<string, string>) =>
  z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim()))
    .pipe(z.array(item))
    .default([]);
const host = z
  .string()
  .toLowerCase()
  .regex(
    /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:(\d+|\*))?$/,
    'must be host, host:port or host:*, separated by commas',
  );
const network = z
  .string()
  .refine((text) => isNetwork(text), 'must be networks as 10.0.0.0/8 or fd00::/8, separated by commas');

const schema = z.object({
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+:\d+$/, 'must look like host:port'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default('wearable-exchange'),
  /** Encrypt what Temporal keeps, the current key first; without them it is readable there. */
  TEMPORAL_PAYLOAD_KEYS: listOf(z.string().min(32, `${LONG_ENOUGH} each`)),
  /** Whether runs that are short end on the version of the code that began them. */
  TEMPORAL_WORKER_VERSIONING: z.enum(['on', 'off']).default('off'),
  TEMPORAL_UI_URL: url(['http:', 'https:']).optional(),
  /** How long a process that was told to stop goes on answering, for a load balancer to see that `/ready` says no. */
  STOP_DELAY_SECONDS: z.coerce.number().min(0).max(300).default(0),
  PORT: port.default(8001),
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Where a process of `worker` alone tells how it is; without it nowhere. */
  WORKER_PORT: port.optional(),
  SITE_URL: url(['http:', 'https:']).default('http://localhost:8001'),
  SECRET_KEY: z.string().min(32, LONG_ENOUGH),
  /** Keys that SECRET_KEY followed, separated by commas: what they sealed can still be read. */
  SECRET_KEYS_RETIRED: listOf(z.string().min(32, `${LONG_ENOUGH} each`)),
  OW_API_URL: url(['http:', 'https:']).optional(),
  OW_API_KEY: z.string().min(1).optional(),
  /** Hosts that the settings may name as Open Wearables or S3 server. */
  UPSTREAM_HOSTS: listOf(host),
  /** Networks that are not public and may be reached all the same. */
  UPSTREAM_NETWORKS: listOf(network),
  /** Hosts where patients may sign in, beside those that are known of each maker. */
  SIGN_IN_HOSTS: listOf(host),
  /** Networks of our own proxies, whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: listOf(network),
  /** Multiplies every rate limit. */
  RATE_LIMIT_FACTOR: z.coerce.number().min(0.01).max(1_000_000).default(1),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/, 'must be an e-mail address')
    .optional(),
  /** An OpenTelemetry collector (OTLP over HTTP) that hears of traces; without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: url(['http:', 'https:']).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Each of these may lie in a file that `NAME_FILE` names instead. */
export const secretVariables = [
  'DATABASE_URL',
  'TEMPORAL_PAYLOAD_KEYS',
  'SECRET_KEY',
  'SECRET_KEYS_RETIRED',
  'OW_API_KEY',
  'SMTP_URL',
] as const satisfies readonly (keyof z.infer<typeof schema>)[];

/** Everything this program reads from its environment, checked. Runtime toggles are settings, not here. */
export type Config = Readonly<z.infer<typeof schema>>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's own environment, on top of defaults that a running world offers; a secret of its own may be a file. */
export function environmentOver(defaults: Environment): Environment {
  const own = process.env;
  const kept = Object.entries(defaults).filter(([name]) => !own[`${name}_FILE`]);
  return { ...Object.fromEntries(kept), ...own };
}

/** Reads the configuration; throws one NamedError `ConfigInvalid` that lists every problem and no value. */
export function loadConfig(environment: Environment): Config {
  const files = readSecretFiles(environment, secretVariables);
  const all = { ...environment, ...files.found };
  const present = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (parsed.success && files.problems.size === 0) return parsed.data;
  const told = new Map(files.problems);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    if (!told.has(name)) told.set(name, present[name] === undefined ? 'is missing' : withoutValue(issue));
  }
  const problems = [...told].map(([name, problem]) => `  ${name}: ${problem}`);
  throw new NamedError(
    'ConfigInvalid',
    `The configuration has ${problems.length} problem(s):\n${problems.join('\n')}`,
  );
}

/** Our own messages never quote the value; zod's could, so only their kind is told. */
function withoutValue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' || issue.code === 'invalid_format') return issue.message;
  if (issue.code === 'too_small')
    return issue.message.startsWith('must') ? issue.message : `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  return 'has the wrong type';
}
