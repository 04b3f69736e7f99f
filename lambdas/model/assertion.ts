/** What the authorizer signs and `serve` verifies. Stages never accept one another's. */
export const assertionIssuer = 'ringfence-authorizer';
export const assertionAudience = (stage: string): string => `ringfence-${stage}`;
