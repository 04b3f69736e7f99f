import type { JsonObject } from '../../template/json.ts';
import { parsePattern } from './parse-pattern.ts';

/** Whether an event fits an EventBridge event pattern. Throws `PatternError` for a pattern that cannot be. */
export const matchesPattern = (pattern: unknown, event: JsonObject): boolean => parsePattern(pattern)(event);
