/** Opens pages in Debian's Chromium, through playwright-core: JSON in, JSON out. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { copyCommands, selectedWhenRefused, withoutScript } from './copy-commands.mjs';
import { lookAt } from './look-at.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const { packages, visits, reference, pictures } = JSON.parse(await text(process.stdin));
const { chromium } = createRequire(join(packages, 'package.json'))('playwright-core');
const axe = readFileSync(join(packages, 'node_modules/axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
try {
  const seen = [];
  for (const visit of visits) {
    const picture = pictures && join(pictures, `${visit.name}.png`);
    seen.push({ name: visit.name, ...(await lookAt(browser, { ...visit, axe, picture })) });
  }
  const commands = await copyCommands(browser, reference);
  const selected = await selectedWhenRefused(browser, reference);
  const plain = await withoutScript(browser, reference);
  process.stdout.write(JSON.stringify({ seen, commands, selected, plain }));
} finally {
  await browser.close();
}
