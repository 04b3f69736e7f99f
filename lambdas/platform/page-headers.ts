import { createHash } from 'node:crypto';
import type { PageAssets } from '../kernel/define-route.ts';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Of a page: browsers apply this style, run this script, show pictures that are in the page itself, and load nothing
 * from anywhere. Text that got into the page as a tag would do nothing. https://www.w3.org/TR/CSP3/
 */
export const pageHeaders = ({ style, script }: PageAssets): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    'img-src data:',
    `style-src ${hashOf(style)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
});
