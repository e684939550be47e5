import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import type { JsonSchema } from './official.js';

/** The published type definitions of R5, which are made from hl7.fhir.r5.core; HL7's own JSON schema is in no package. */
const FILE = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@types/fhir/package.json')),
  'r5.d.ts',
);

/** The definitions of R5 as JSON schemas by name; patterns of texts are those of R4, where it has the same property. */
export function definitionsOfR5(r4: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  const source = ts.createSourceFile(FILE, readFileSync(FILE, 'utf8'), ts.ScriptTarget.Latest);
  const interfaces = new Map(
    source.statements.filter(ts.isInterfaceDeclaration).map((each) => [each.name.text, each]),
  );
  return Object.fromEntries(
    [...interfaces.keys()].map((name) => {
      const members = membersOf(name, interfaces);
      return [name, objectOf(members, interfaces, r4[name])];
    }),
  );
}

type Interfaces = ReadonlyMap<string, ts.InterfaceDeclaration>;

/** The properties of an interface, inherited ones first. */
function membersOf(name: string, interfaces: Interfaces): ts.PropertySignature[] {
  const declared = interfaces.get(name);
  const bases = declared?.heritageClauses?.flatMap(({ types }) => types) ?? [];
  return [
    ...bases.flatMap(({ expression }) =>
      ts.isIdentifier(expression) ? membersOf(expression.text, interfaces) : [],
    ),
    ...[...(declared?.members ?? [])].filter((member) => ts.isPropertySignature(member)),
  ];
}

const nameOf = ({ name }: ts.PropertySignature) => (ts.isIdentifier(name) ? name.text : '');

function objectOf(
  members: readonly ts.PropertySignature[],
  interfaces: Interfaces,
  r4: JsonSchema | undefined,
): JsonSchema {
  const properties = Object.fromEntries(
    members.map((member) => {
      const name = nameOf(member);
      return [name, { ...schemaOf(member.type, interfaces), ...patternOf(r4?.properties?.[name]) }];
    }),
  );
  const needed = members.filter(({ questionToken }) => questionToken === undefined).map(nameOf);
  const required = [...new Set(needed)];
  return { type: 'object', properties, required, additionalProperties: false };
}

/** The pattern that R4 has for the text of a property, if it is one. */
function patternOf(property: JsonSchema | undefined): JsonSchema {
  return property?.pattern === undefined || property.type === 'number' ? {} : { pattern: property.pattern };
}

function schemaOf(type: ts.TypeNode | undefined, interfaces: Interfaces): JsonSchema {
  if (type === undefined) return {};
  if (ts.isParenthesizedTypeNode(type)) return schemaOf(type.type, interfaces);
  if (ts.isArrayTypeNode(type)) return { type: 'array', items: schemaOf(type.elementType, interfaces) };
  if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) return { const: type.literal.text };
  if (ts.isUnionTypeNode(type)) {
    const present = type.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
    return { anyOf: present.map((each) => schemaOf(each, interfaces)) };
  }
  if (ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)) {
    // What a Bundle holds is judged by itself.
    return interfaces.has(type.typeName.text) ? { $ref: `#/definitions/${type.typeName.text}` } : {};
  }
  return keyword(type.kind);
}

function keyword(kind: ts.SyntaxKind): JsonSchema {
  if (kind === ts.SyntaxKind.StringKeyword) return { type: 'string', minLength: 1 };
  if (kind === ts.SyntaxKind.NumberKeyword) return { type: 'number' };
  if (kind === ts.SyntaxKind.BooleanKeyword) return { type: 'boolean' };
  throw new Error('the definitions of R5 have a type of another kind');
}
