import * as z from 'zod';
import { DeployId, ServiceId } from '../kernel/id.ts';
import { Line, Url, Word } from './words.ts';

const fields = {
  environment: Word.describe('Where to: staging, production …'),
  version: Line(100),
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/, 'expected 7 to 64 hexadecimal digits')
    .optional(),
  author: Line(120).optional().describe('Who made the change'),
  reviewer: Line(120).optional().describe('Who approved it'),
  status: z.enum(['started', 'succeeded', 'failed', 'rolled-back']).default('succeeded'),
  url: Url.optional().describe('Of the run that deployed it'),
};

/** What a pipeline tells of a deploy. */
export const DeployInput = z
  .strictObject({ ...fields, at: z.iso.datetime().optional().describe('When; now when absent') })
  .meta({ id: 'DeployInput' });

/** A deploy of a service. */
export const Deploy = z
  .strictObject({ ...fields, at: z.iso.datetime(), id: DeployId, service: ServiceId })
  .meta({ id: 'Deploy' });
export type Deploy = z.output<typeof Deploy>;
