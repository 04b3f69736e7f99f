import { asTable } from '../table.ts';

/** What the operators' function keeps of a tenant that was offboarded. */
export interface Receipt {
  readonly slug: string;
  readonly tenant: string;
  readonly state: 'offboarded';
  readonly reason: string;
  readonly createdAt: string;
  readonly offboardedAt: string;
  readonly offboardedBy: string;
  readonly deleted: Readonly<Record<string, number>>;
  readonly manifest: string;
  readonly auditKeptUntil: string;
  readonly recoverableUntil?: string;
}

export const describeReceipt = (receipt: Receipt): string => {
  const deleted = Object.entries(receipt.deleted)
    .sort()
    .map(([collection, count]) => `${count} ${collection}`);
  return asTable(
    ['', ''],
    [
      ['slug', receipt.slug],
      ['tenant', receipt.tenant],
      ['state', receipt.state],
      ['reason', receipt.reason],
      ['created', receipt.createdAt],
      ['offboarded', `${receipt.offboardedAt} by ${receipt.offboardedBy}`],
      ['deleted', deleted.join(', ') || 'nothing'],
      ['exported', `manifest.json with SHA-256 ${receipt.manifest}`],
      ['audit events', `kept until ${receipt.auditKeptUntil}; their copies stay in the locked bucket`],
      ['backups', receipt.recoverableUntil ? `hold it until ${receipt.recoverableUntil}` : 'none: recovery is off'],
    ],
  ).trimStart();
};
