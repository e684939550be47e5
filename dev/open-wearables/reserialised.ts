/** JSON as Python's `json.dumps` writes it: a blank after each comma and colon. */
export function reserialised(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(reserialised).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, field]) => `${JSON.stringify(name)}: ${reserialised(field)}`,
  );
  return `{${fields.join(', ')}}`;
}
