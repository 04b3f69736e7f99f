import { TwinError } from '../twin-error.ts';
import type { Route } from './api-definition.ts';

export interface Match {
  readonly route: Route;
  /** Decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** `malformed`: a path segment is not valid percent-encoding of UTF-8. */
export type Found = Match | 'malformed' | undefined;

interface Node {
  readonly fixed: Map<string, Node>;
  readonly methods: Map<string, Route>;
  variable?: { readonly name: string; readonly node: Node };
}

const emptyNode = (): Node => ({ fixed: new Map(), methods: new Map() });

/**
 * Finds the method of a path as API Gateway does: fixed segments win over parameters, an encoded slash does not divide,
 * a trailing slash is ignored, and HEAD is a method of its own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
 */
export const createRouteTable = (origin: string, routes: readonly Route[]) => {
  const root = emptyNode();
  for (const route of routes) place(origin, root, route);
  return {
    find: (method: string, path: string): Found => {
      const segments = path.replace(/\/$/, '').split('/').slice(1);
      const walked = walk(root, segments, method, {});
      if (walked === undefined) return undefined;
      const parameters = decoded(walked.parameters);
      return parameters ? { route: walked.route, parameters } : 'malformed';
    },
  };
};

export type RouteTable = ReturnType<typeof createRouteTable>;

const place = (origin: string, root: Node, route: Route): void => {
  let node = root;
  for (const segment of route.path.split('/').slice(1).filter(Boolean)) {
    const [, name] = /^\{(.+)\}$/.exec(segment) ?? [];
    node = name === undefined ? fixedChild(node, segment) : variableChild(origin, node, name);
  }
  node.methods.set(route.method, route);
};

const fixedChild = (node: Node, segment: string): Node => {
  const child = node.fixed.get(segment) ?? emptyNode();
  node.fixed.set(segment, child);
  return child;
};

/** AWS refuses an import with two names for one position, so does the twin. */
const variableChild = (origin: string, node: Node, name: string): Node => {
  node.variable ??= { name, node: emptyNode() };
  if (node.variable.name === name) return node.variable.node;
  throw new TwinError(
    `${origin}: path parameters {${node.variable.name}} and {${name}} stand at one position, which API Gateway refuses.`,
    'Give them one name.',
  );
};

const walk = (
  node: Node,
  segments: readonly string[],
  method: string,
  parameters: Record<string, string>,
): Match | undefined => {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    const route = node.methods.get(method);
    return route && { route, parameters };
  }
  const fixed = node.fixed.get(segment);
  const found = fixed && walk(fixed, rest, method, parameters);
  if (found || !node.variable || segment === '') return found;
  return walk(node.variable.node, rest, method, { ...parameters, [node.variable.name]: segment });
};

const decoded = (parameters: Readonly<Record<string, string>>): Record<string, string> | undefined => {
  try {
    return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
};
