/**
 * Puts the page's own address into the commands, and copies them. Whoever refuses the clipboard gets the command
 * selected. It runs as it stands here, in browsers: no build step, nothing loaded.
 */
export const pageScript = `
'use strict';
(() => {
  const address = location.href.replace(/[?#].*$/, '').replace(/\\/docs$/, '');
  const told = document.querySelector('[role=status]');
  const usable = /^https?:[/][/][\\w.:[\\]/~-]+$/.test(address);
  for (const code of document.querySelectorAll('code[id^="curl-"]')) {
    if (usable) code.textContent = code.textContent.split('$API').join(address);
  }
  const say = (button, text) => {
    const was = button.dataset.text ?? (button.dataset.text = button.textContent);
    button.textContent = text;
    told.textContent = text;
    setTimeout(() => { button.textContent = was; told.textContent = ''; }, 3000);
  };
  const select = (code) => {
    const range = document.createRange();
    range.selectNodeContents(code);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  for (const button of document.querySelectorAll('button[data-copies]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const code = document.getElementById(button.dataset.copies);
      try {
        await navigator.clipboard.writeText(code.textContent);
        say(button, 'Copied');
      } catch {
        select(code);
        say(button, 'Selected: copy it');
      }
    });
  }
})();
`;
