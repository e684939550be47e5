import { type Context, Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { settingChanges } from '../../db/settings.js';
import { definitions, isSettingKey, type SettingKey } from '../../settings.js';
import { renderPage } from '../components/render-page.js';
import { counted } from '../components/words.js';
import { type Form, valueOf } from '../patient/signed-in.js';
import { settingFields } from '../views/admin/operations/setting-fields.js';
import type { ShownSetting } from '../views/admin/operations/setting-line.js';
import { SettingsPage } from '../views/admin/operations/settings.js';
import { adminPaths } from '../views/paths.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';

const CHANGES = 30;

/** Settings: typed, checked, secrets write-only, with their history. For operators. */
export function settingsRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { sql, config, settings, oversight, health } = deps;
  const only = staffOnly(sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/settings', only('superuser'), async (context) => {
    const done = context.req.query('saved');
    const said = done === undefined || !/^\d{1,3}$/.test(done) ? {} : { done: savedText(Number(done)) };
    return context.html(await page(context, await shown(), said));
  });

  routes.post('/settings', only('superuser'), async (context) => {
    const form = context.get('form');
    const by = context.get('staff').user.id;
    if (valueOf(form, 'do') === 'test') return tested(context);
    const unwanted = valueOf(form, 'unset');
    if (unwanted !== '') {
      if (isSettingKey(unwanted)) await settings.unset(unwanted, by);
      return saved(context, [unwanted]);
    }
    const current = await shown();
    const changed = current.flatMap((setting) => {
      const posted = postedOf(setting, form);
      return posted === undefined || posted === setting.value ? [] : [{ key: setting.key, text: posted }];
    });
    const problems = new Map(
      changed.flatMap(({ key, text }) => {
        const problem = settings.problemOf(key, text);
        return problem === undefined ? [] : [[key, sentence(problem)]];
      }),
    );
    if (problems.size > 0) return refused(context, withTyped(current, form, problems));
    for (const { key, text } of changed) await settings.write(key, text, by);
    return saved(
      context,
      changed.map(({ key }) => key),
    );
  });
  return routes;

  /** The settings as they are in force, no secret among them. */
  async function shown(): Promise<ShownSetting[]> {
    const [inForce, stored] = await Promise.all([settings.read(), settings.stored()]);
    const environment: Partial<Record<SettingKey, string | undefined>> = {
      'ow.api_url': config.OW_API_URL,
      'ow.api_key': config.OW_API_KEY,
    };
    return settingFields.map(({ key, field }) => {
      const storedAt = stored.get(key);
      const fallback = environment[key] === undefined ? 'default' : 'environment';
      return {
        ...{ key, field, storedAt, isSet: inForce[key] !== '' },
        value: definitions[key].secret ? '' : String(inForce[key]),
        origin: storedAt === undefined ? fallback : 'stored',
      };
    });
  }

  async function saved(context: Context<StaffEnv>, keys: readonly string[]): Promise<Response> {
    if (keys.includes('ow.poll_interval_minutes') || keys.includes('ow.poll_jitter_seconds'))
      await oversight.pollAsSet(await settings.read());
    health.forget();
    return context.redirect(`${adminPaths.settings}?saved=${keys.length}`, 303);
  }

  async function refused(context: Context<StaffEnv>, typed: readonly ShownSetting[]): Promise<Response> {
    const wrong = typed.filter(({ problem }) => problem !== undefined);
    const [first] = wrong;
    const text = `${counted(wrong.length, 'value')} cannot be used. Nothing was saved. Look at ${first?.field.label ?? ''}.`;
    return context.html(await page(context, typed, { problem: { text, field: first?.key } }), 422);
  }

  /** Asks Open Wearables with what is stored. */
  async function tested(context: Context<StaffEnv>): Promise<Response> {
    health.forget();
    const { checks } = await health.recent();
    const wrong = checks.find(({ part, ok }) => (part === 'Open Wearables' || part === 'API key') && !ok);
    const said =
      wrong === undefined
        ? { done: 'Open Wearables answers and accepts the key.' }
        : { problem: { text: `${wrong.part}: ${wrong.says}. ${wrong.next ?? ''}`, field: 'ow.api_url' } };
    return context.html(await page(context, await shown(), said));
  }

  async function page(
    context: Context<StaffEnv>,
    all: readonly ShownSetting[],
    said: Pick<Parameters<typeof SettingsPage>[0], 'done' | 'problem'>,
  ): Promise<string> {
    const changes = await settingChanges(sql, CHANGES);
    return renderPage(SettingsPage({ frame: staffFrame(deps, context), settings: all, changes, ...said }));
  }
}

/** What was posted for a setting; undefined where it is to stay as it is. */
function postedOf({ key, field }: ShownSetting, form: Form): string | undefined {
  if (field.as === 'switch') return valueOf(form, key) === 'true' ? 'true' : 'false';
  const text = form[key]?.[0]?.trim();
  return field.as === 'secret' && text === '' ? undefined : text;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** What was typed stays in the form, but for secrets. */
function withTyped(
  current: readonly ShownSetting[],
  form: Form,
  problems: ReadonlyMap<SettingKey, string>,
): ShownSetting[] {
  return current.map((setting) => ({
    ...setting,
    value: setting.field.as === 'secret' ? '' : (postedOf(setting, form) ?? setting.value),
    problem: problems.get(setting.key),
  }));
}

function savedText(count: number): string {
  return count === 0 ? 'Nothing was different, nothing was saved.' : `${counted(count, 'setting')} saved.`;
}
