import { z } from '@hono/zod-openapi';

/**
 * Clients of the JupyterHealth Exchange send keys in camelCase or snake_case, at every depth; both are read. `shape`
 * names its keys in camelCase.
 */
export function eitherCase<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(camelKeys, z.object(shape));
}

/** The same with every key optional, for a change of what is told. */
export function eitherCasePartial<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(camelKeys, z.object(shape).partial());
}

/** The same for the query; the handler reads it through `camelQuery`. */
export function eitherCaseQuery<Shape extends z.ZodRawShape>(shape: Shape) {
  const snake = Object.fromEntries(Object.entries(shape).map(([name, type]) => [snakeCase(name), type]));
  const both: Shape = { ...snake, ...shape };
  return z.object(both);
}

/** A query under its names in camelCase; those win over the others. */
export function camelQuery<Query extends object>(query: Query): Query {
  const names = Object.entries(query).sort(
    ([a], [b]) => Number(camelCase(a) === a) - Number(camelCase(b) === b),
  );
  return Object.fromEntries(names.map(([name, value]) => [camelCase(name), value as unknown])) as Query;
}

function camelKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camelCase(key), camelKeys(inner)]));
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
