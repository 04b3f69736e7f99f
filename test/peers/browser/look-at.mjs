import { inPage } from './in-page.mjs';

/** What a page says on its console, breaks of its policy, or asks of the network. */
const listen = async (page) => {
  const said = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => said.push(`failed: ${request.url()}`));
  const requests = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) requests.push(request.url());
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  return { said, requests };
};

/** Presses Tab from the top of the page until it has been everywhere, or round. */
const tabThrough = async (page) => {
  const names = await page.evaluate(() => globalThis.looked.names());
  const reached = new Set();
  const unseen = [];
  for (let pressed = 0; pressed < names.length + 5 && reached.size < names.length; pressed += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => globalThis.looked.focused());
    if (focused === undefined) continue;
    reached.add(focused.at);
    if (!focused.seen) unseen.push(names[focused.at]);
  }
  return { stops: names.length, missed: names.filter((_, at) => !reached.has(at)), unseen };
};

const seriousIn = async (page, axe) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 120))}`);
};

/** Everything that can be seen of one page in one window. */
export const lookAt = async (browser, { url, viewport, colorScheme, axe, picture }) => {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const { said, requests } = await listen(page);
  const response = await page.goto(url);
  await page.evaluate(inPage);
  if (picture) await page.screenshot({ path: picture });
  const tabs = await tabThrough(page);
  await page.evaluate(() => globalThis.looked.openAll());
  const [scrolled, seen] = await page.evaluate(() => globalThis.looked.widths());
  const wide = scrolled > seen ? await page.evaluate(() => globalThis.looked.wide()) : [];
  const violations = await seriousIn(page, axe);
  await context.close();
  return { status: response.status(), said, requests, ...tabs, isWider: scrolled > seen, wide, violations };
};
