// Run as a process of its own by killed-bucket.test.ts: puts without end, tells each acknowledged put, until it is killed.
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { startLocal } from './local-world.ts';

const local = await startLocal([], process.argv[2]);
local.endpoint.buckets.create({ BucketName: 'kept', ObjectLockEnabled: true });
const { s3 } = local.as('Admin');
for (let written = 0; ; written += 1) {
  const Body = Buffer.from(`${written} `.repeat(2000));
  await s3.send(new PutObjectCommand({ Bucket: 'kept', Key: `${written % 10}`, Body }));
  process.stdout.write(`${written}\n`);
}
