/** A JSON schema of the document, as far as an example needs to know it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

const TEXTS: Readonly<Record<string, string>> = {
  uuid: '3d1b62a3-6d26-5e1c-9d0e-0f7f6f9ce2a1',
  'date-time': '2026-11-21T18:00:00.000000Z',
  date: '2026-11-21',
  uri: 'https://exchange.example.org/',
  email: 'patient@example.com',
};

/** A value that fits a schema: its own example, or the plainest one. `resolve` finds what a reference names. */
export function exampleOf(schema: Schema, resolve: (reference: string) => Schema): unknown {
  if (schema.$ref !== undefined) return exampleOf(resolve(schema.$ref), resolve);
  const own = [schema.example, schema.examples?.[0], schema.const, schema.enum?.[0], schema.default];
  const given = own.find((value) => value !== undefined);
  if (given !== undefined) return given;
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice !== undefined) return exampleOf(choice, resolve);
  if (schema.allOf !== undefined) {
    return Object.assign({}, ...schema.allOf.map((part) => exampleOf(part, resolve))) as unknown;
  }
  return exampleOfType(schema, resolve);
}

function exampleOfType(schema: Schema, resolve: (reference: string) => Schema): unknown {
  const type = typeof schema.type === 'object' ? schema.type[0] : schema.type;
  if (type === 'object') {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, member]) => [name, exampleOf(member, resolve)]),
    );
  }
  if (type === 'array') return schema.items === undefined ? [] : [exampleOf(schema.items, resolve)];
  if (type === 'integer' || type === 'number') {
    return Math.max(1, schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
  }
  if (type === 'boolean') return true;
  return type === 'null' ? null : (TEXTS[schema.format ?? ''] ?? 'text');
}
