import assert from 'node:assert/strict';
import { z } from 'zod';
import { dataSources } from '../../src/db/studies.js';
import { checkConversion } from '../conversion-check.js';
import { acceptInvitation, agreeToHeartRate, connectOura, saveSharing } from './patient-pages.js';
import { HEART_RATE, STUDY, type Stage } from './stage.js';
import { until } from './until.js';

interface Step {
  readonly title: string;
  /** Answers the evidence. */
  readonly perform: (stage: Stage) => Promise<string>;
}

const invitation = z.object({ id: z.number(), invitationLink: z.url() });
const searchset = z.object({
  total: z.number(),
  entry: z.array(
    z.object({
      resource: z.object({
        identifier: z.array(z.object({ system: z.string(), value: z.uuid() })),
        device: z.object({ display: z.string() }),
        code: z.object({ coding: z.array(z.object({ code: z.string() })) }),
        valueAttachment: z.object({ data: z.string() }),
      }),
    }),
  ),
});

/** What one step leaves for the next. */
interface Memory {
  link?: string;
  /** When the ring measured while consent was off. */
  withheldAt?: Date;
}

export function steps(): readonly Step[] {
  const memory: Memory = {};
  return [
    {
      title: 'The conversion gives what its golden vectors say',
      perform: () => Promise.resolve(checkConversion()),
    },
    {
      title: 'A smoke poll runs to its end',
      perform: async (stage) => {
        const { message } = await stage.poll();
        assert.match(message, /^OW poll complete \(mode=normalized\)\. Created \d+ observations\.$/);
        return message;
      },
    },
    {
      title: 'A practitioner attaches Oura to a study and invites the patient',
      perform: async (stage) => {
        const oura = (await dataSources(stage.world.app.sql)).find(({ name }) => name === 'Oura');
        assert.ok(oura, 'the data source Oura is seeded');
        await stage.practitioner
          .post(`/api/v1/studies/${STUDY.studyId}/data_sources`, { dataSourceId: oura.id })
          .catch((error: unknown) => {
            // A kept world has it attached already.
            assert.match(String(error), /409/);
          });
        const answer = await stage.practitioner.post('/api/v1/invitation', {
          patient_id: stage.patientId,
          client_id: 6,
        });
        memory.link = invitation.parse(answer).invitationLink;
        const url = new URL(memory.link);
        const host = encodeURIComponent(new URL(stage.world.config.SITE_URL).host);
        assert.ok(
          url.searchParams.get('code') !== null && memory.link.includes(`?code=${host}_`),
          'the link carries code and host',
        );
        return memory.link.replace(/_[A-Za-z0-9]+$/, '_…');
      },
    },
    {
      title: 'The patient agrees to Heart Rate, signs in at the vendor and is connected',
      perform: async (stage) => {
        await acceptInvitation(stage.visitor, memory.link ?? '');
        await agreeToHeartRate(stage);
        const began = new Date();
        const complete = await connectOura(stage);
        const created = await stage.historyReadSince(began);
        assert.ok(created > 1000, 'a history of heart rate came in');
        return `${complete.text.match(/Successfully Connected/)?.[0] ?? ''}, then ${created} observations of the last 90 days`;
      },
    },
    {
      title: "The account's identifier is the one at Open Wearables",
      perform: async (stage) => {
        const identifier = `ow:${await stage.owUserId()}`;
        const known = stage.sandbox.control.samplesOf(await stage.owUserId(), { types: ['heart_rate'] });
        assert.match(identifier, /^ow:[0-9a-f-]{36}$/);
        assert.ok(known.length > 0, 'Open Wearables has samples under this id');
        return identifier;
      },
    },
    {
      title: 'Heart Rate revoked: a poll creates nothing for this patient',
      perform: async (stage) => {
        await saveSharing(stage, 'stop');
        await until('Open Wearables confirmed the disconnect', () => stage.isDisconnected());
        memory.withheldAt = await stage.measureNow(61);
        const before = await stage.observations();
        const { message, patients } = await stage.poll();
        assert.equal(await stage.observations(), before);
        assert.ok(patients['not consented'] >= 1, 'the patient is listed as not consented');
        return `0 created, the patient is listed as "not consented" (${message})`;
      },
    },
    {
      title: 'Granted again: a poll creates what was measured since',
      perform: async (stage) => {
        await saveSharing(stage, 'share');
        const began = new Date();
        await connectOura(stage);
        await stage.historyReadSince(began);
        await stage.letRings('rest');
        const before = await stage.observations();
        await stage.measureNow(62);
        const { message } = await stage.poll();
        const created = (await stage.observations()) - before;
        assert.ok(created >= 1, 'the new sample was stored');
        assert.equal(
          await stage.hasObservationAt(memory.withheldAt),
          false,
          'what was measured without consent stays out',
        );
        return `${created} created (${message}); what was measured while consent was off stays out`;
      },
    },
    {
      title: 'Polled again: nothing is doubled',
      perform: async (stage) => {
        const { message } = await stage.poll();
        assert.equal(message, 'OW poll complete (mode=normalized). Created 0 observations.');
        return message;
      },
    },
    {
      title: 'Provenance: data source, code, identifier',
      perform: async (stage) => {
        const query = `patient=${stage.patientId}&code=https://w3id.org/openmhealth|${HEART_RATE}&_count=1`;
        const { entry, total } = searchset.parse(
          await stage.practitioner.get(`/FHIR/R5/Observation?${query}`),
        );
        const resource = entry[0]?.resource;
        assert.ok(resource, 'the patient has an observation');
        const [identifier] = resource.identifier;
        const attachment = JSON.parse(
          Buffer.from(resource.valueAttachment.data, 'base64').toString(),
        ) as unknown;
        const { header } = z.object({ header: z.object({ uuid: z.uuid() }) }).parse(attachment);
        assert.equal(resource.device.display, 'Oura');
        assert.equal(resource.code.coding[0]?.code, HEART_RATE);
        assert.deepEqual(identifier, { system: 'ow:normalized', value: header.uuid });
        return `${total} observations; the newest: ${resource.device.display}, ${HEART_RATE}, ow:normalized ${header.uuid}`;
      },
    },
  ];
}
