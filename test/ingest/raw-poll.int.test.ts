import { afterAll, beforeAll, expect, it } from 'vitest';
import { agreedPatient } from '../helpers/connected-patient.js';
import { pollNow, resting } from '../helpers/operator.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { startBucket, type Bucket } from '../raw-payloads/bucket.js';
import { beats, YESTERDAY } from '../raw-payloads/vendor-records.js';

let world: TestWorld;
let bucket: Bucket;
beforeAll(async () => {
  world = await resting(await startTestWorld());
  bucket = await startBucket();
  const { endpoint, accessKeyId, secretAccessKey, bucket: name } = bucket.access;
  const settings = {
    ...{ 'ow.ingest_mode': 'raw', 'ow.s3.endpoint_url': endpoint, 'ow.s3.bucket_name': name },
    ...{ 'ow.s3.access_key_id': accessKeyId, 'ow.s3.secret_access_key': secretAccessKey },
  };
  for (const [key, value] of Object.entries(settings)) await world.app.settings.write(key, value, null);
}, 60_000);
afterAll(async () => {
  await world.close();
  await bucket.stop();
});

it('a poll in raw mode stores what lies in the bucket, once, and asks the API for no sample', async () => {
  const { sql, openWearables } = world.app;
  const { owUserId } = await agreedPatient({ sql, openWearables, sandbox: world.sandbox }, 1, 3);
  await bucket.put({ owUserId, endpoint: 'heartrate', body: beats(12), fetchedAt: YESTERDAY });

  const first = await pollNow(world);
  expect(first).toMatchObject({ message: 'OW poll complete (mode=raw). Created 12 observations.' });
  expect(await pollNow(world)).toMatchObject({ created: 0, amended: 0, unchanged: 0 });
  const asked = world.sandbox.control.requests.map(({ path }) => path).join(' ');
  expect(asked).not.toContain('timeseries');
}, 60_000);
