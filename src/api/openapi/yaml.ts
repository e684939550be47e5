/** YAML of plain JSON data: texts stay as JSON writes them, which YAML reads alike. */
export function yamlOf(value: unknown): string {
  return `${block(value, 0)}\n`;
}

const PLAIN_KEY = /^[A-Za-z_][\w-]*$/;

function block(value: unknown, depth: number): string {
  const margin = '  '.repeat(depth);
  if (Array.isArray(value) && value.length > 0) {
    return value.map((item: unknown) => `${margin}- ${block(item, depth + 1).trimStart()}`).join('\n');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    if (entries.length > 0)
      return entries.map(([key, member]) => margin + entry(key, member, depth)).join('\n');
  }
  return margin + JSON.stringify(value);
}

function entry(key: string, member: unknown, depth: number): string {
  const name = PLAIN_KEY.test(key) ? key : JSON.stringify(key);
  const isNested = typeof member === 'object' && member !== null && Object.keys(member).length > 0;
  return isNested ? `${name}:\n${block(member, depth + 1)}` : `${name}: ${JSON.stringify(member)}`;
}
