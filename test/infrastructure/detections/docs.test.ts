import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectionPage } from '../../../bin/detection-page.ts';
import { findStage } from '../../../lib/find-stage.ts';

it('docs/detections.md is what the code says: npm run detections -- --write', () => {
  const page = readFileSync(join(__dirname, '../../../docs/detections.md'), 'utf8');
  expect(page).toBe(detectionPage(findStage('production')));
});
