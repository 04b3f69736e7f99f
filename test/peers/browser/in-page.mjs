/** Runs in the page, as text: what there is to reach, and whether what has the focus can be seen to have it. */
export const inPage = () => {
  const nameOf = (element) =>
    `${element.tagName.toLowerCase()} ${element.getAttribute('href') ?? element.textContent.trim().slice(0, 40)}`;
  const isVisible = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 0;
  const interactive = [...document.querySelectorAll('a[href], button, summary, input, select, textarea')].filter(
    isVisible,
  );
  const numbers = new Map(interactive.map((element, at) => [element, at]));

  /** An outline of two pixels at least, within the window, and nothing lies over it. */
  const isSeen = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const [box] = element.getClientRects();
    const [x, y] = [box.left + Math.min(box.width, 8) / 2, box.top + box.height / 2];
    const above = document.elementFromPoint(x, y);
    const isOnTop = element === above || element.contains(above);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && isOnTop;
  };

  globalThis.looked = {
    names: () => interactive.map(nameOf),
    focused: () => {
      const element = document.activeElement;
      const at = numbers.get(element);
      return at === undefined ? undefined : { at, seen: isSeen(element) };
    },
    widths: () => [document.documentElement.scrollWidth, document.documentElement.clientWidth],
    /** Those that stand out of the window, when something does. */
    wide: () =>
      [...document.querySelectorAll('body *')]
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && isVisible(element))
        .map(nameOf),
    openAll: () => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    },
  };
};
