import { DeviceGlyph, deviceWords } from '../../components/device-glyph.js';
import { Icon } from '../../components/icon.js';
import { PostForm } from '../../components/post-form.js';
import { inWords } from '../../components/words.js';
import { patientPaths } from '../paths.js';

interface Device {
  /** The provider key, e.g. `oura`. */
  readonly provider: string;
  /** The maker as the patient knows it, e.g. `Oura`. */
  readonly name: string;
}

export interface UsableDevice extends Device {
  /** How many kinds of data the patient agreed to share. */
  readonly agreed: number;
  /** Those of them that the device does not measure, in words. */
  readonly missing: readonly string[];
}

export interface UnusableDevice extends Device {
  readonly reason: 'needs-app' | 'measures-nothing-agreed' | 'does-not-answer' | 'already-connected';
}

const reasons = {
  'needs-app': 'Needs an app on your phone. This page cannot do it.',
  'measures-nothing-agreed': 'Measures nothing that you agreed to share.',
  'does-not-answer': 'Does not answer right now. Try again in a few minutes.',
  'already-connected': 'Already connected.',
} as const satisfies Record<UnusableDevice['reason'], string>;

function coverage({ agreed, missing }: UsableDevice): string {
  if (missing.length > 0) return `${agreed - missing.length} of ${agreed}: no ${inWords(missing)}`;
  return agreed === 1 ? 'The kind you agreed to' : `All ${agreed} kinds you agreed to`;
}

/** A device that can be connected: the whole card is the button of its own form. */
export function UsableCard({ device, csrf }: { readonly device: UsableDevice; readonly csrf: string }) {
  const whole = device.missing.length === 0;
  return (
    <li>
      <PostForm action={patientPaths.connect} csrf={csrf} class="h-100">
        <button class="wx-provider" name="provider" value={device.provider}>
          <span class="wx-glyph">
            <DeviceGlyph provider={device.provider} />
          </span>
          <strong>{device.name}</strong>
          <span>{deviceWords(device.provider)}</span>
          <span class={whole ? 'wx-cover' : 'wx-cover is-some'}>
            <Icon name={whole ? 'check-circle-fill' : 'circle-half'} />
            <span>{coverage(device)}</span>
          </span>
        </button>
      </PostForm>
    </li>
  );
}

/** A device that cannot be connected, always with the reason. */
export function UnusableCard({ device }: { readonly device: UnusableDevice }) {
  return (
    <li>
      <div class="wx-provider is-off">
        <span class="wx-glyph">
          <DeviceGlyph provider={device.provider} />
        </span>
        <strong>{device.name}</strong>
        <span>{reasons[device.reason]}</span>
      </div>
    </li>
  );
}
