import { Chip } from '../../components/chip.js';
import {
  type ConnectionState,
  meaningForPatient,
  stateForPatient,
} from '../../components/connection-state.js';
import { DeviceGlyph } from '../../components/device-glyph.js';
import { Icon } from '../../components/icon.js';
import { PostForm } from '../../components/post-form.js';
import { patientPaths } from '../paths.js';

/** One device maker that the patient is or was connected to. */
export interface Connection {
  readonly provider: string;
  readonly name: string;
  readonly state: ConnectionState;
}

interface CardProps {
  readonly connections: readonly Connection[];
  readonly csrf: string;
  readonly zone: string;
}

/** The patient's devices, each with its state and what can be done about it. */
export function ConnectionsCard({ connections, csrf, zone }: CardProps) {
  return (
    <section class="card" aria-labelledby="devices-h">
      <div class="card-header">
        <h2 id="devices-h">Devices</h2>
      </div>
      {connections.length === 0 ? (
        <p class="card-body wx-2">
          No device is connected. Connect one, so that the data you share can arrive.
        </p>
      ) : (
        <ul class="wx-list is-ruled">
          {connections.map((connection) => (
            <ConnectionRow connection={connection} csrf={csrf} zone={zone} />
          ))}
        </ul>
      )}
      <div class="wx-pager">
        <a class="btn btn-outline-secondary btn-sm" href={patientPaths.devices}>
          <Icon name="plus-lg" />
          {connections.length === 0 ? 'Connect a device' : 'Connect another device'}
        </a>
      </div>
    </section>
  );
}

interface RowProps {
  readonly connection: Connection;
  readonly csrf: string;
  readonly zone: string;
}

function ConnectionRow({ connection: { provider, name, state }, csrf, zone }: RowProps) {
  const { tone, icon, word } = stateForPatient(name, state);
  return (
    <li class="d-flex gap-3 align-items-start">
      <span class="wx-glyph wx-glyph-s">
        <DeviceGlyph provider={provider} />
      </span>
      <div class="flex-grow-1 wx-min wx-stack-s">
        <div class="wx-row">
          <h3>{name}</h3>
          <Chip tone={tone} icon={icon}>
            {word}
          </Chip>
        </div>
        <p class="wx-s wx-2">{meaningForPatient(name, state, zone)}</p>
        <div class="wx-actions pt-1">
          {state.is === 'needs-reconnecting' ? (
            <PostForm action={patientPaths.connect} csrf={csrf} hidden={{ provider }}>
              <button class="btn btn-primary btn-sm">
                <Icon name="arrow-repeat" />
                Reconnect<span class="visually-hidden"> {name}</span>
              </button>
            </PostForm>
          ) : null}
          {state.is === 'disconnected' ? (
            <PostForm action={patientPaths.connect} csrf={csrf} hidden={{ provider }}>
              <button class="btn btn-outline-secondary btn-sm">
                Connect again<span class="visually-hidden">: {name}</span>
              </button>
            </PostForm>
          ) : (
            <PostForm action={patientPaths.disconnect} csrf={csrf} hidden={{ provider }}>
              <button class="btn btn-outline-secondary btn-sm">
                Disconnect<span class="visually-hidden"> {name}</span>
              </button>
            </PostForm>
          )}
        </div>
      </div>
    </li>
  );
}
