/** What could open something: our tokens, webhooks, signed assertions, keys of AWS and of PagerDuty. */
const secrets =
  /\brfp_[0-9A-Za-z]{8,}|https:\/\/hooks\.slack\.com\/\S+|\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\b[0-9a-f]{32}\b/g;

/** Line breaks stay. All else that a terminal or a chat could take for a command goes, bidirectional marks included. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** At most `length` characters, never half of one, with a sign where something is missing. */
export const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;

/** Text of others, made fit to be shown: no control characters, no secrets, whole characters, at most so long. */
export const safeText = (text: string, length: number): string =>
  // A secret must not survive because it is cut in half: mask first. What is far longer is not worth looking through.
  cut(
    text
      .slice(0, 100_000)
      .replace(/\p{Surrogate}/gu, '�')
      .replace(control, ' ')
      .replace(secrets, '[removed]')
      .trim(),
    length,
  );
