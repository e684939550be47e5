import { z } from '@hono/zod-openapi';
import type { OrganizationRecord } from '../db/organizations.js';
import { list } from './shapes.js';

export const ORGANIZATION_TYPES = {
  root: 'ROOT',
  prov: 'Healthcare Provider',
  dept: 'Hospital Department',
  team: 'Organizational Team',
  govt: 'Government',
  ins: 'Insurance Company',
  pay: 'Payer',
  edu: 'Educational Institute',
  reli: 'Religious Institution',
  crs: 'Clinical Research Sponsor',
  cg: 'Community Group',
  bus: 'Non-Healthcare Business',
  other: 'Other',
  laboratory: 'Laboratory',
  imaging: 'Imaging Center',
  pharmacy: 'Pharmacy',
  'health-information-network': 'Health Information Network',
  'health-data-aggregator': 'Health Data Aggregator',
} as const;

const fields = {
  id: z.int(),
  name: z.string(),
  type: z.string(),
  partOf: z.int().nullable(),
  currentUserRole: z.enum(['manager', 'member', 'viewer', 'super_user']).nullable(),
};

export const organizationShape = z.object({ ...fields, children: list(z.unknown()) }).openapi('Organization');

/** An organization with everything under it. */
export interface OrganizationTree extends Omit<OrganizationRecord, 'children'> {
  readonly children: readonly OrganizationTree[];
}

export const organizationTreeShape: z.ZodType<OrganizationTree> = z
  .object({
    ...fields,
    children: list(z.lazy((): z.ZodType<OrganizationTree> => organizationTreeShape)).openapi({
      type: 'array',
      items: { $ref: '#/components/schemas/OrganizationTree' },
      example: [],
    }),
  })
  .openapi('OrganizationTree');
