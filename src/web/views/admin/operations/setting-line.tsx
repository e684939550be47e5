import type { SettingKey } from '../../../../settings.js';
import { Chip } from '../../../components/chip.js';
import { Time } from '../../../components/time.js';
import { longDate } from '../../../components/times.js';
import type { SettingField } from './setting-fields.js';

/** A setting as the form shows it. */
export interface ShownSetting {
  readonly key: SettingKey;
  readonly field: SettingField;
  /** As text; of a secret empty. */
  readonly value: string;
  readonly isSet: boolean;
  readonly storedAt: Date | undefined;
  readonly origin: 'stored' | 'environment' | 'default';
  readonly problem?: string | undefined;
}

interface LineProps {
  readonly setting: ShownSetting;
  readonly zone: string;
}

/** What it is, where its value comes from, and the field to change it. */
export function SettingLine({ setting, zone }: LineProps) {
  const { key, field, storedAt, origin } = setting;
  return (
    <li class="wx-setting">
      <div>
        <label class="fw-semibold" for={key}>
          {field.label}
        </label>
        <p class="wx-s wx-2" id={`${key}-help`}>
          {field.help}
        </p>
        <p class="wx-xs wx-2">
          <span class="wx-mono">{key}</span>
          {origin === 'environment' ? ' · from the environment' : origin === 'default' ? ' · default' : null}
          {storedAt === undefined ? null : (
            <>
              {' · changed '}
              <Time at={storedAt} zone={zone} as={longDate} />{' '}
              <button class="btn btn-link btn-sm p-0 wx-xs" name="unset" value={key} formnovalidate>
                Use the default<span class="visually-hidden"> of {field.label}</span>
              </button>
            </>
          )}
        </p>
      </div>
      <div>
        <Field setting={setting} />
        {setting.problem === undefined ? null : (
          <p class="invalid-feedback d-block" id={`${key}-problem`}>
            {setting.problem}
          </p>
        )}
      </div>
    </li>
  );
}

function Field({ setting }: { readonly setting: ShownSetting }) {
  const { key, field, value } = setting;
  if (field.as === 'switch')
    return (
      <div class="form-check form-switch wx-switch">
        <input
          class="form-check-input"
          type="checkbox"
          role="switch"
          id={key}
          name={key}
          value="true"
          checked={value === 'true'}
          aria-describedby={`${key}-help`}
        />
        <span aria-hidden="true">{value === 'true' ? 'On' : 'Off'}</span>
      </div>
    );
  if (field.as === 'secret') return <Secret setting={setting} />;
  if (typeof field.as !== 'string')
    return (
      <select class="form-select" id={key} name={key} aria-describedby={`${key}-help`}>
        {field.as.map((choice) => (
          <option value={choice} selected={choice === value}>
            {choice}
          </option>
        ))}
      </select>
    );
  const input = <Input setting={setting} />;
  if (field.unit === undefined) return input;
  return (
    <div class="input-group">
      {input}
      <span class="input-group-text">{field.unit}</span>
    </div>
  );
}

function Secret({ setting: { key, isSet, problem } }: { readonly setting: ShownSetting }) {
  return (
    <div class="wx-stack-s">
      {isSet ? (
        <Chip tone="ok" icon="shield-lock">
          Set
        </Chip>
      ) : (
        <Chip tone="idle" icon="dash-circle">
          Not set
        </Chip>
      )}
      <input
        class={`form-control${problem === undefined ? '' : ' is-invalid'}`}
        id={key}
        name={key}
        type="password"
        autocomplete="off"
        placeholder={isSet ? 'Type a new one to replace it' : 'Type one to set it'}
        aria-describedby={`${key}-help`}
      />
    </div>
  );
}

function Input({ setting: { key, field, value, problem } }: { readonly setting: ShownSetting }) {
  const isWrong = problem !== undefined;
  return (
    <input
      class={`form-control${isWrong ? ' is-invalid' : ''}`}
      id={key}
      name={key}
      value={value}
      {...(field.as === 'number' ? { inputmode: 'numeric' as const } : {})}
      placeholder="not set"
      autocomplete="off"
      aria-invalid={isWrong ? 'true' : undefined}
      aria-describedby={isWrong ? `${key}-problem` : `${key}-help`}
    />
  );
}
