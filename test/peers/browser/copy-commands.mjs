/** Presses every button that copies, and says what the clipboard has then, by the id of what was copied. */
export const copyCommands = async (browser, url) => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(url);
  const commands = {};
  for (const button of await page.locator('button[data-copies]').all()) {
    await button.click();
    commands[await button.getAttribute('data-copies')] = await page.evaluate(() => navigator.clipboard.readText());
  }
  await context.close();
  return commands;
};

/** What is selected after the first such button, where the clipboard is refused. */
export const selectedWhenRefused = async (browser, url) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
  });
  await page.goto(url);
  await page.locator('button[data-copies]').first().click();
  await page.waitForFunction(() => getSelection().toString() !== '');
  const selected = await page.evaluate(() => getSelection().toString());
  await context.close();
  return selected;
};

/** What the page is without its script: buttons that would do nothing, and the first command as text. */
export const withoutScript = async (browser, url) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  const buttons = await page.locator('button:visible').count();
  const command = await page.locator('code[id^="curl-"]').first().textContent();
  const explained = await page.locator('noscript').first().textContent();
  await context.close();
  return { buttons, command, explained };
};
