import type { Texts } from './en.js';
import { arriving, attempt, chart, complete, down, leaving, picker } from './es/connect.js';
import { answers, consents } from './es/consents.js';
import { erase } from './es/erase.js';
import { help } from './es/help.js';
import { invitation, launch, preparing } from './es/invitation.js';
import { kinds, otherKind, shapes } from './es/kinds.js';
import { devices, history, manage, plain, sharing } from './es/manage.js';
import { log, shell, study } from './es/shell.js';
import { wayBack } from './es/way-back.js';
import { wayOut } from './es/way-out.js';

/** In Spanish, formal and calm: usted. */
export const es: Texts = {
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
