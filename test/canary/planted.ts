/** Who is planted: values that stand in no other text of this world. */
export const PERSON = {
  given: 'Rosalindezza',
  family: 'Plantedsson',
  email: 'r.p.7731@planted.example',
  phone: '+49 170 5550137',
  record: 'MRN-7719-QX',
};
export const BEATS = 137.777;
export const CORRECTED = 138.777;
export const REFUSED_BEATS = 139.777;

/** What others say where it must not be passed on. */
export const SAID = {
  upstream: 'zanzibar-upstream-6664',
  storage: 'zanzibar-storage-5553',
  mail: 'zanzibar-mailbox-4442',
  request: 'zanzibar-request-3331',
  password: 'a long walk by the zanzibar river',
  note: 'zanzibar-note: asked by phone',
};

/** A text as an upstream writes one that quotes what it knows. */
export const quoting = (text: string) =>
  JSON.stringify({ detail: `${text}: ${PERSON.email} (${PERSON.family}) measured ${BEATS}` });

export type Planted = Readonly<Record<string, readonly string[]>>;

/** What is looked for, by what it is; `met` are the secrets that passed through browsers and clients, numbered. */
export function plantedValues(
  met: ReadonlyMap<string, string>,
  environment: Readonly<Record<string, string>>,
): Planted {
  const secrets: Record<string, string[]> = {};
  for (const [name, value] of met) (secrets[name.replace(/ \d+$/, '')] ??= []).push(value);
  return {
    ...secrets,
    'given name': [PERSON.given],
    'family name': [PERSON.family],
    'e-mail': [PERSON.email],
    phone: [PERSON.phone],
    'medical record number': [PERSON.record],
    'heart rate': [String(BEATS)],
    'corrected heart rate': [String(CORRECTED)],
    'refused heart rate': [String(REFUSED_BEATS)],
    'text of the upstream': [SAID.upstream],
    'text of the storage': [SAID.storage],
    'text of the mail server': [SAID.mail],
    'text of a request': [SAID.request],
    password: [SAID.password],
    note: [SAID.note],
    'API key': [environment['OW_API_KEY'] ?? ''],
    'S3 key': ['embedded-secret'],
    'secret key': [environment['SECRET_KEY'] ?? ''],
  };
}
