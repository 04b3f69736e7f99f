import type { Kind } from '../entries.ts';

/** Stands for the id that something will have once it is created: `+team:payments`, `+repository:https://…`. */
export const standIn = (kind: Kind, name: string): string => `+${kind}:${name}`;

export const isStandIn = (reference: string): boolean => reference.startsWith('+');
