import type { Texts } from '../texts/en.js';
import { type Theme, themes } from '../texts/reader.js';

interface ThemeSwitchProps {
  readonly texts: Texts;
  readonly theme?: Theme | undefined;
}

/** Light, dark, or as the device decides. Posts to the page it stands on, which comes back in that light. */
export function ThemeSwitch({ texts, theme }: ThemeSwitchProps) {
  const words = { light: texts.shell.light, dark: texts.shell.dark, '': texts.shell.asTheDevice };
  return (
    <form method="post" class="wx-look" aria-label={texts.shell.appearance}>
      {([...themes, ''] as const).map((choice) => (
        <button name="theme" value={choice} aria-pressed={choice === (theme ?? '') ? 'true' : 'false'}>
          {words[choice]}
        </button>
      ))}
    </form>
  );
}
