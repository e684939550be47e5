import type { Rows } from './route-columns.js';
import { rowsOfPeople } from './rows-of-people.js';
import { rowsOfProtocols } from './rows-of-protocols.js';
import { rowsOfStudies } from './rows-of-studies.js';

/** Every route of the API, and what each caller gets. A route without a row fails the test. */
export const table: Rows = { ...rowsOfProtocols, ...rowsOfPeople, ...rowsOfStudies };
