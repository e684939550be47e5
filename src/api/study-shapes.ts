import { z } from '@hono/zod-openapi';
import { list, moment, organizationSummary } from './shapes.js';

export const studyShape = z
  .object({
    id: z.int(),
    name: z.string(),
    description: z.string(),
    organization: organizationSummary,
    iconUrl: z.string().nullable(),
  })
  .openapi('Study');

/** As writes answer it: the organization by its id. */
export const writtenStudyShape = studyShape.extend({ organization: z.int() }).openapi('WrittenStudy');

/** A study inside of what belongs to it. */
export const studyInPartShape = z
  .object({
    id: z.int(),
    name: z.string(),
    description: z.string(),
    iconUrl: z.string().nullable(),
    lastUpdated: moment,
    organization: z.int(),
    patients: list(z.int()),
  })
  .openapi('StudyOfPart');
