import * as z from 'zod';

/** A time in UTC, such as 2026-11-21T14:05:01Z. */
export const Instant = z.iso.datetime().max(40);
