import { arriving, attempt, chart, complete, down, leaving, picker } from './en/connect.js';
import { answers, consents } from './en/consents.js';
import { erase } from './en/erase.js';
import { help } from './en/help.js';
import { invitation, launch, preparing } from './en/invitation.js';
import { kinds, otherKind, shapes } from './en/kinds.js';
import { devices, history, manage, plain, sharing } from './en/manage.js';
import { log, shell, study } from './en/shell.js';
import { wayBack } from './en/way-back.js';
import { wayOut } from './en/way-out.js';

/** Every text of the patient pages. Other languages have the same shape. */
export const en = {
  answers,
  arriving,
  attempt,
  chart,
  complete,
  consents,
  devices,
  down,
  erase,
  help,
  history,
  invitation,
  kinds,
  launch,
  leaving,
  log,
  manage,
  otherKind,
  picker,
  plain,
  preparing,
  shapes,
  sharing,
  shell,
  study,
  wayBack,
  wayOut,
};

export type Texts = typeof en;
