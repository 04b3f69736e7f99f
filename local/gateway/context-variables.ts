/** The `$context` of one request: a tree of values. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html */
export interface ContextVariables {
  readonly [name: string]: string | number | boolean | null | undefined | ContextVariables;
}

/**
 * Replaces `$context.a.b` (and `${context.a.b}`, `$stageVariables.x`) in a template; what has no value becomes
 * `missing`. Gateway templates are not VTL: nothing else is evaluated.
 */
export const substituteVariables = (template: string, context: ContextVariables, missing: string): string =>
  template.replace(/\$(?:context\.([\w.-]*\w)|\{context\.([\w.-]*\w)\})/g, (_, plain?: string, braced?: string) => {
    const value = lookup(context, (plain ?? braced ?? '').split('.'));
    return value === undefined || value === null ? missing : String(value);
  });

const lookup = (tree: ContextVariables, path: readonly string[]): string | number | boolean | null | undefined => {
  const [name, ...rest] = path;
  const value = name !== undefined && Object.hasOwn(tree, name) ? tree[name] : undefined;
  if (typeof value === 'object' && value !== null) return lookup(value, rest);
  return rest.length === 0 ? value : undefined;
};
