import * as z from 'zod';
import { DeployId, ServiceId } from '../kernel/id.ts';
import { Instant } from '../kernel/instant.ts';
import { Line, Url, Word } from './words.ts';

const fields = {
  environment: Word.meta({ description: 'Where to: staging, production …', examples: ['production'] }),
  version: Line(100).meta({ examples: ['2026.11.27'] }),
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/, 'expected 7 to 64 hexadecimal digits')
    .meta({ maxLength: 64 })
    .optional()
    .meta({ examples: ['4f2a9c1'] }),
  author: Line(120)
    .optional()
    .meta({ description: 'Who made the change', examples: ['Ada'] }),
  reviewer: Line(120).optional().describe('Who approved it'),
  status: z.enum(['started', 'succeeded', 'failed', 'rolled-back']).default('succeeded'),
  url: Url.optional().describe('Of the run that deployed it'),
};

/** What a pipeline tells of a deploy. */
export const DeployInput = z
  .strictObject({ ...fields, at: Instant.optional().describe('When; now when absent') })
  .meta({ id: 'DeployInput' });

/** A deploy of a service. */
export const Deploy = z
  .strictObject({ ...fields, at: Instant, id: DeployId, service: ServiceId })
  .meta({ id: 'Deploy' });
export type Deploy = z.output<typeof Deploy>;
