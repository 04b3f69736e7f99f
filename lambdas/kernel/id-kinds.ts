/** Base62 characters behind the underscore, by kind. A token id starts with its user's, so that one read finds both. */
export const idLengths = { ten: 12, usr: 8, tok: 16, svc: 16, team: 16, repo: 16, dpl: 16, evt: 16 } as const;
export type IdKind = keyof typeof idLengths;
