import { serveOperators } from '../operators/serve-operators.ts';
import { exportPage, PageCommand } from './export-page.ts';

/**
 * Reads what a tenant has, for operators. It is a function of its own because it reads audit events: whoever adds some
 * must know no key of another one, which it could then put something else over.
 */
export const handler = serveOperators(PageCommand, exportPage);
