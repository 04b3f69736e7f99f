import fc from 'fast-check';
import type { Versions } from '../../../local/aws/secretsmanager/secret.ts';
import { versionWith, withVersion } from '../../../local/aws/secretsmanager/versions.ts';

const put = fc.record({
  id: fc.stringMatching(/^[a-f0-9]{8}$/),
  stages: fc.uniqueArray(fc.constantFrom('AWSCURRENT', 'AWSPENDING', 'blue'), { minLength: 1 }),
});

it('has one current version, each stage on one version, and no version without a stage, whatever is put', () => {
  fc.assert(
    fc.property(fc.uniqueArray(put, { minLength: 1, selector: ({ id }) => id }), (puts) => {
      let versions: Versions = {};
      for (const [at, { id, stages }] of puts.entries()) {
        const before = versionWith(versions, 'AWSCURRENT')?.[0];
        versions = withVersion(versions, id, { text: id, createdAt: at, stages });
        const all = Object.values(versions).flatMap((version) => version.stages);
        expect(new Set(all).size).toBe(all.length);
        expect(all.filter((stage) => stage === 'AWSCURRENT')).toHaveLength(1);
        expect(Object.values(versions).every((version) => version.stages.length > 0)).toBe(true);
        const moved = before !== undefined && stages.includes('AWSCURRENT');
        if (moved) expect(versionWith(versions, 'AWSPREVIOUS')?.[0]).toBe(before);
      }
    }),
  );
});
