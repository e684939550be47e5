import type { SettingChange } from './db/settings.js';

/** What became of a setting: `24 → 48`, `replaced`. */
export function changeText(change: Pick<SettingChange, 'isSecret' | 'oldValue' | 'newValue'>): string {
  const { isSecret, oldValue, newValue } = change;
  if (newValue === null) return 'back to its default';
  if (isSecret) return oldValue === null ? 'set' : 'replaced';
  return oldValue === null ? `set to ${shown(newValue)}` : `from ${shown(oldValue)} to ${shown(newValue)}`;
}

function shown(value: unknown): string {
  return value === '' ? 'empty' : String(value);
}
