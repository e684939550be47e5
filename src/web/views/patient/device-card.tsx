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

/** The maker's own icon, fetched by us; else our drawing of such a device. */
function Picture({ provider, hasIcon }: { readonly provider: string; readonly hasIcon: boolean }) {
  return (
    <span class={hasIcon ? 'wx-glyph is-icon' : 'wx-glyph'}>
      {hasIcon ? (
        <img src={`${patientPaths.icons}/${provider}`} alt="" width="34" height="34" />
      ) : (
        <DeviceGlyph provider={provider} />
      )}
    </span>
  );
}

interface UsableProps {
  readonly hasIcon: boolean;
  readonly device: UsableDevice;
  readonly csrf: string;
  readonly reader: Reader;
}

/** A device that can be connected: the whole card is the button of its own form. */
export function UsableCard({ device, hasIcon, csrf, reader }: UsableProps) {
  const whole = device.missing.length === 0;
  return (
    <li>
      <PostForm action={patientPaths.connect} csrf={csrf} class="h-100">
        <button class="wx-provider" name="provider" value={device.provider}>
          <Picture provider={device.provider} hasIcon={hasIcon} />
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
  readonly hasIcon: boolean;
  readonly device: UnusableDevice;
  readonly reader: Reader;
}

/** A device that cannot be connected, always with the reason. */
export function UnusableCard({ device, hasIcon, reader }: UnusableProps) {
  return (
    <li>
      <div class="wx-provider is-off">
        <Picture provider={device.provider} hasIcon={hasIcon} />
        <strong>{device.name}</strong>
        <span>{reader.texts.picker.reasons[device.reason]}</span>
      </div>
    </li>
  );
}
