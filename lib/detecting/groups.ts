/** Composite alarms: one cause that would page many times pages once. Their members have no actions of their own. */
export const groups = {
  'credential-guessing': 'Somebody is guessing credentials.',
  'api-failing': 'The API fails its customers.',
} as const;

export type GroupName = keyof typeof groups;
export const groupNames = Object.keys(groups) as GroupName[];
