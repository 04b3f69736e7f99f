/** What the detections listen to: a closed list. An event never holds a secret. */
export type SecurityEvent =
  | {
      readonly event: 'authentication-failed';
      readonly reason: 'malformed' | 'unknown' | 'wrong-secret' | 'expired' | 'revoked' | 'user-disabled';
      readonly tenant?: string;
      readonly credential?: string;
    }
  | {
      readonly event: 'authorization-refused';
      readonly tenant: string;
      readonly principal: string;
      readonly operation: string;
      readonly permission: string;
    }
  | { readonly event: 'assertion-refused'; readonly reason: string }
  | { readonly event: 'tenant-suspended-refused'; readonly tenant: string; readonly principal: string }
  | {
      readonly event: 'tenant-boundary-touched';
      readonly service: string;
      readonly action: string;
      readonly tenant?: string;
    }
  | { readonly event: 'credential-in-url'; readonly operation: string }
  | { readonly event: 'token-exceeds-issuer'; readonly tenant: string; readonly principal: string };
