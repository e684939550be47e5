import { DeviceGlyph, deviceWords } from '../../components/device-glyph.js';
import { Icon } from '../../components/icon.js';
import { PostForm } from '../../components/post-form.js';
import { figure, inWords } from '../../components/words.js';
import type { Reader } from '../../texts/reader.js';
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
  readonly reason: keyof Reader['texts']['picker']['reasons'];
}

function coverage({ agreed, missing }: UsableDevice, { texts, locale }: Reader): string {
  const count = (kinds: number) => figure(kinds, locale);
  if (missing.length > 0)
    return texts.picker.some(count(agreed - missing.length), count(agreed), inWords(missing, locale));
  return agreed === 1 ? texts.picker.theOne : texts.picker.all(count(agreed));
}

interface UsableProps {
  readonly device: UsableDevice;
  readonly csrf: string;
  readonly reader: Reader;
}

/** A device that can be connected: the whole card is the button of its own form. */
export function UsableCard({ device, csrf, reader }: UsableProps) {
  const whole = device.missing.length === 0;
  return (
    <li>
      <PostForm action={patientPaths.connect} csrf={csrf} class="h-100">
        <button class="wx-provider" name="provider" value={device.provider}>
          <span class="wx-glyph">
            <DeviceGlyph provider={device.provider} />
          </span>
          <strong>{device.name}</strong>
          <span>{deviceWords(device.provider, reader.texts)}</span>
          <span class={whole ? 'wx-cover' : 'wx-cover is-some'}>
            <Icon name={whole ? 'check-circle-fill' : 'circle-half'} />
            <span>{coverage(device, reader)}</span>
          </span>
        </button>
      </PostForm>
    </li>
  );
}

interface UnusableProps {
  readonly device: UnusableDevice;
  readonly reader: Reader;
}

/** A device that cannot be connected, always with the reason. */
export function UnusableCard({ device, reader }: UnusableProps) {
  return (
    <li>
      <div class="wx-provider is-off">
        <span class="wx-glyph">
          <DeviceGlyph provider={device.provider} />
        </span>
        <strong>{device.name}</strong>
        <span>{reader.texts.picker.reasons[device.reason]}</span>
      </div>
    </li>
  );
}
