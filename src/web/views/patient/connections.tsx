import { Chip } from '../../components/chip.js';
import {
  type ConnectionState,
  meaningForPatient,
  stateForPatient,
} from '../../components/connection-state.js';
import { DeviceGlyph } from '../../components/device-glyph.js';
import { Icon } from '../../components/icon.js';
import { PostForm } from '../../components/post-form.js';
import { figure } from '../../components/words.js';
import type { Reader } from '../../texts/reader.js';
import { patientPaths } from '../paths.js';
import { ArrivalStrip } from './arrival-strip.js';

/** One device maker that the patient is or was connected to. */
export interface Connection {
  readonly provider: string;
  readonly name: string;
  readonly state: ConnectionState;
  /** Whether data came on each of the last days, the oldest first. */
  readonly days?: readonly boolean[] | undefined;
}

interface CardProps {
  readonly connections: readonly Connection[];
  readonly csrf: string;
  readonly reader: Reader;
}

/** The patient's devices, each with its state and what can be done about it. */
export function ConnectionsCard({ connections, csrf, reader }: CardProps) {
  const { devices } = reader.texts;
  const strip = connections.find(hasStrip)?.days;
  return (
    <section class="card" aria-labelledby="devices-h">
      <div class="card-header">
        <h2 id="devices-h">{devices.title}</h2>
        {strip === undefined ? null : (
          <span class="wx-s wx-2 wx-push">{devices.strips(figure(strip.length, reader.locale))}</span>
        )}
      </div>
      {connections.length === 0 ? (
        <p class="card-body wx-2">{devices.none}</p>
      ) : (
        <ul class="wx-list is-ruled">
          {connections.map((connection) => (
            <ConnectionRow connection={connection} csrf={csrf} reader={reader} />
          ))}
        </ul>
      )}
      <div class="wx-pager">
        <a class="btn btn-outline-secondary btn-sm" href={patientPaths.devices}>
          <Icon name="plus-lg" />
          {connections.length === 0 ? devices.connect : devices.another}
        </a>
      </div>
    </section>
  );
}

interface RowProps {
  readonly connection: Connection;
  readonly csrf: string;
  readonly reader: Reader;
}

function ConnectionRow({ connection, csrf, reader }: RowProps) {
  const { provider, name, state, days } = connection;
  const { devices } = reader.texts;
  const { tone, icon, word } = stateForPatient(name, state, reader);
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
        <p class="wx-s wx-2">{meaningForPatient(name, state, reader)}</p>
        {days === undefined || !hasStrip(connection) ? null : (
          <ArrivalStrip device={name} days={days} reader={reader} />
        )}
        <div class="wx-actions pt-1">
          {state.is === 'needs-reconnecting' ? (
            <PostForm action={patientPaths.connect} csrf={csrf} hidden={{ provider }}>
              <button class="btn btn-primary btn-sm">
                <Icon name="arrow-repeat" />
                {devices.reconnect}
                <span class="visually-hidden"> {name}</span>
              </button>
            </PostForm>
          ) : null}
          {isOver(state) ? (
            <PostForm action={patientPaths.connect} csrf={csrf} hidden={{ provider }}>
              <button class="btn btn-outline-secondary btn-sm">
                {devices.connectAgain}
                <span class="visually-hidden">: {name}</span>
              </button>
            </PostForm>
          ) : isEnding(state) ? null : (
            <PostForm action={patientPaths.disconnect} csrf={csrf} hidden={{ provider }}>
              <button class="btn btn-outline-secondary btn-sm">
                {devices.disconnect}
                <span class="visually-hidden"> {name}</span>
              </button>
            </PostForm>
          )}
          {state.is === 'disconnected' ? (
            <a class="btn btn-link btn-sm wx-quiet" href={`${patientPaths.deleteCopy}/${provider}`}>
              {reader.texts.wayOut.deleteCopy}
              <span class="visually-hidden"> {name}</span>
            </a>
          ) : null}
        </div>
      </div>
    </li>
  );
}

/** Nothing is expected of a device that is disconnected. */
function hasStrip({ state, days }: Connection): boolean {
  return days !== undefined && !isOver(state) && !isEnding(state);
}

function isOver({ is }: ConnectionState): boolean {
  return is === 'disconnected' || is === 'deleted' || is === 'not-deleted';
}

function isEnding({ is }: ConnectionState): boolean {
  return is === 'disconnecting' || is === 'deleting';
}
