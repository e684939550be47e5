import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { connectedPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';

let reader: Reader;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});
afterEach(() => {
  vi.useRealTimers();
});

const MINUTE_MS = 60_000;
const isFetched = (patientId: number, provider: string) =>
  reader.activities.vendorHistoryFetched(patientId, provider);

it('the history of a vendor that Open Wearables fetches from is awaited, but not for longer than its queue', async () => {
  const { id } = await connectedPatient(reader, 1);
  expect(await isFetched(id, 'oura')).toBe(false);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6 * MINUTE_MS });
  expect(await isFetched(id, 'oura')).toBe(true);
});

it('the history of a vendor that sends its data is not awaited: no run of Open Wearables will fetch it', async () => {
  const { id, owUserId } = await connectedPatient(reader, 2);
  reader.sandbox.control.setConnection(owUserId, 'garmin', { status: 'active' });
  expect(await isFetched(id, 'garmin')).toBe(true);
});
