import type { SettingChange } from '../../../../db/settings.js';
import { changeText } from '../../../../setting-change-text.js';
import { FormDone, FormProblem } from '../../../components/form-result.js';
import { Icon } from '../../../components/icon.js';
import { PostForm } from '../../../components/post-form.js';
import { Time } from '../../../components/time.js';
import { adminPaths } from '../../paths.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { settingGroups } from './setting-fields.js';
import { SettingLine, type ShownSetting } from './setting-line.js';
import { dayAndTime } from './times.js';

interface SettingsProps {
  readonly frame: StaffFrame;
  readonly settings: readonly ShownSetting[];
  readonly changes: readonly SettingChange[];
  readonly done?: string | undefined;
  readonly problem?: { readonly text: string; readonly field?: string | undefined } | undefined;
}

/** Everything that changes while it runs. Posts each setting under its key; `unset` = a key, or `do` = `test`. */
export function SettingsPage({ frame, settings, changes, done, problem }: SettingsProps) {
  return (
    <StaffLayout frame={frame} title="Settings" here="settings">
      <div class="wx-head">
        <div>
          <h1>Settings</h1>
          <p class="wx-2">Values take effect with the next poll. Every change is recorded.</p>
        </div>
      </div>
      {problem === undefined ? null : <FormProblem {...problem} />}
      {done === undefined ? null : <FormDone text={done} />}
      <PostForm action={adminPaths.settings} csrf={frame.csrf} class="wx-stack-l">
        {/* The first button is what the Enter key presses. */}
        <button class="visually-hidden" tabindex={-1} aria-hidden="true">
          Save settings
        </button>
        {settingGroups.map((group, index) => (
          <section class="card" aria-labelledby={`group-${index}`}>
            <div class="card-header">
              <h2 id={`group-${index}`}>{group}</h2>
            </div>
            <ul class="wx-list is-ruled">
              {settings
                .filter(({ field }) => field.group === group)
                .map((setting) => (
                  <SettingLine setting={setting} zone={frame.zone} />
                ))}
            </ul>
          </section>
        ))}
        <div class="wx-end">
          <button class="btn btn-primary">Save settings</button>
          <button class="btn btn-outline-secondary" name="do" value="test">
            Test the connection
          </button>
        </div>
      </PostForm>
      <Changes changes={changes} zone={frame.zone} />
    </StaffLayout>
  );
}

function Changes({ changes, zone }: { readonly changes: readonly SettingChange[]; readonly zone: string }) {
  return (
    <section class="card" aria-labelledby="changes-h">
      <div class="card-header">
        <h2 id="changes-h">Who changed what</h2>
      </div>
      <div class="card-body">
        {changes.length === 0 ? (
          <p class="wx-2">Nothing was changed yet.</p>
        ) : (
          <ol class="wx-timeline">
            {changes.map((change) => (
              <li>
                <Icon name={change.isSecret ? 'shield-lock' : 'pencil'} />
                <div>
                  <span class="wx-mono">{change.key}</span> {changeText(change)}
                  <small>
                    <Time at={change.changedAt} zone={zone} as={dayAndTime} />,{' '}
                    {change.changedBy ?? 'command line'}
                  </small>
                </div>
              </li>
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}
