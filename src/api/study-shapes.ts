import { z } from '@hono/zod-openapi';
import { list, moment, organizationSummary } from './shapes.js';

const fields = {
  id: z.int(),
  name: z.string(),
  description: z.string(),
  iconUrl: z.string().nullable(),
};

export const studyShape = z.object({ ...fields, organization: organizationSummary }).openapi('Study');

/** As writes answer it: the organization by its id. */
export const writtenStudyShape = z.object({ ...fields, organization: z.int() }).openapi('WrittenStudy');

/** A study inside of what belongs to it. */
export const studyInPartShape = z
  .object({
    ...fields,
    lastUpdated: moment,
    organization: z.int(),
    patients: list(z.int()),
  })
  .openapi('StudyOfPart');
