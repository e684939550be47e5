import { definitions, type SettingKey, settingKeys } from '../../../../settings.js';

/** How a setting is asked for. */
export interface SettingField {
  readonly group: 'Open Wearables' | 'Polling' | 'Raw storage' | 'Patients and checks';
  readonly label: string;
  readonly help: string;
  readonly as: 'switch' | 'text' | 'secret' | 'number' | readonly string[];
  readonly unit?: string;
}

export const settingGroups = ['Open Wearables', 'Polling', 'Raw storage', 'Patients and checks'] as const;

const sealed = 'Stored encrypted. It can be replaced, not read.';
const upstream = { group: 'Open Wearables' } as const;
const polling = { group: 'Polling', as: 'number' } as const;
const raw = { group: 'Raw storage', as: 'text' } as const;
const other = { group: 'Patients and checks' } as const;

/** In the order of the page. */
const inWords: Readonly<Partial<Record<SettingKey, SettingField>>> = {
  'module.ow': {
    ...{ ...upstream, as: 'switch', label: 'Read from Open Wearables' },
    help: 'Off means: no polls. What is stored stays, and the next poll catches up.',
  },
  'ow.api_url': {
    ...{ ...upstream, as: 'text', label: 'Address' },
    help: 'Where Open Wearables answers.',
  },
  'ow.api_key': { ...upstream, as: 'secret', label: 'API key', help: sealed },
  'ow.webhook_secret': {
    ...{ ...upstream, as: 'secret', label: 'Webhook secret' },
    help: `Of the endpoint at Open Wearables, whsec_... ${sealed}`,
  },
  'ow.requests_per_second': {
    ...{ ...upstream, as: 'number', label: 'Pace', unit: 'requests/s' },
    help: 'What one process asks at most, 1 to 1,000.',
  },
  'ow.requests_at_once': {
    ...{ ...upstream, as: 'number', label: 'At the same time', unit: 'requests' },
    help: 'What one process waits for at most, 1 to 64.',
  },
  'ow.ingest_mode': {
    ...{ ...upstream, as: ['normalized', 'raw'], label: 'What to read' },
    help: 'Normalized: through the API. Raw: what the maker sent, from storage.',
  },
  'ow.poll_interval_minutes': {
    ...{ ...polling, label: 'Poll every', unit: 'minutes' },
    help: '1 to 1,440. Takes effect at once.',
  },
  'ow.poll_jitter_seconds': {
    ...{ ...polling, label: 'Begin up to so much later', unit: 'seconds' },
    help: 'So that not all who ask one Open Wearables do so at once; 0 to 600. Takes effect at once.',
  },
  'ow.poll_batch': {
    ...{ ...polling, label: 'Read together', unit: 'patients' },
    help: 'For very large cohorts: so many in one step, and only who has more in a run of its own. 0: each in a run.',
  },
  'ow.lookback_hours': {
    ...{ ...polling, label: 'Look back', unit: 'hours' },
    help: 'How far each poll reads behind the newest sample, for late data; 1 to 168.',
  },
  'ow.max_age_minutes': {
    ...{ ...polling, label: 'Read without a hint after', unit: 'minutes' },
    help: 'Whoever was not read for so long is read whatever Open Wearables hints at; 0 to 1,440.',
  },
  'ow.backfill_days': {
    ...{ ...polling, label: 'Backfill after connecting', unit: 'days' },
    help: 'Makers that allow less are read as far as they go; 0 to 365.',
  },
  'ow.heal_days': {
    ...{ ...polling, label: 'Fetch again every night', unit: 'days' },
    help: 'What Open Wearables itself asks the makers for again; 0: nothing.',
  },
  'ow.s3.endpoint_url': { ...raw, label: 'S3 server', help: 'Its address. Needed only for raw.' },
  'ow.s3.bucket_name': { ...raw, label: 'Bucket', help: 'Needed only for raw.' },
  'ow.s3.key_prefix': { ...raw, label: 'Key prefix', help: 'Objects are read below it.' },
  'ow.s3.access_key_id': { ...raw, label: 'Access key id', help: 'Needs to list and to read.' },
  'ow.s3.secret_access_key': { ...raw, as: 'secret', label: 'Secret access key', help: sealed },
  'auth.patient.invitation_expiration_days': {
    ...{ ...other, as: 'number', label: 'Invitations last', unit: 'days' },
    help: '1 to 60. Holds for invitations from now on.',
  },
  'auth.patient.invitation_redemption_window_hours': {
    ...{ ...other, as: 'number', label: 'Redeem again for', unit: 'hours' },
    help: 'So long a client that lost its code may use the same invitation again; 1 to 168.',
  },
  'onboarding.reminders': {
    ...{ ...other, as: 'number', label: 'Reminders by e-mail', unit: 'letters' },
    help: 'At most so many before an invitation is used, and as many before a wearable is connected; 0 to 3.',
  },
  'contact.name': {
    ...other,
    as: 'text',
    label: 'Contact',
    help: 'Whom patients ask; shown on their pages.',
  },
  'contact.phone': { ...other, as: 'text', label: 'Contact, telephone', help: 'Shown on patient pages.' },
  'contact.email': { ...other, as: 'text', label: 'Contact, e-mail', help: 'Shown on patient pages.' },
  'conversion.schema_check': {
    ...{ ...other, as: ['off', 'sample', 'all'], label: 'Check against the schema' },
    help: 'Which data points are checked before they are stored: none, one in a hundred, all.',
  },
};

/** Every setting; one without words of its own is asked for as its definition says. */
export const settingFields: readonly { readonly key: SettingKey; readonly field: SettingField }[] = [
  ...new Set([...(Object.keys(inWords) as SettingKey[]), ...settingKeys]),
].map((key) => ({ key, field: inWords[key] ?? plainField(key) }));

function plainField(key: SettingKey): SettingField {
  const { about, secret, fallback } = definitions[key];
  if (typeof fallback === 'boolean') return { ...other, as: 'switch', label: key, help: about };
  return { ...other, as: secret ? 'secret' : 'text', label: key, help: about };
}
