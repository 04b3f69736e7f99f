/**
 * What runs inside a function's worker: loads the bundle as Lambda's Node runtime does and answers invocations one at
 * a time. JavaScript, because a worker starts without a TypeScript loader, and so faster.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
const { existsSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { extname, join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { formatWithOptions } = require('node:util');
const { parentPort, workerData } = require('node:worker_threads');

const { directory, handler: handlerName, logFormat, clock } = workerData;
const post = (message) => parentPort.postMessage(message);
let requestId = '';

moveDate(new BigInt64Array(clock));
captureOutput();

const started = load().then(
  (handler) => {
    post({ kind: 'ready' });
    return handler;
  },
  (error) => post({ kind: 'init-failed', payload: errorPayload(error) }),
);

parentPort.on('message', async (invoke) => {
  requestId = invoke.requestId;
  const handler = await started;
  try {
    const result = await handler(JSON.parse(invoke.event), contextOf(invoke));
    post({ kind: 'answered', payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    console.error('Invoke Error', error);
    post({ kind: 'failed', payload: errorPayload(error) });
  }
});

async function load() {
  const split = handlerName.lastIndexOf('.');
  const file = join(directory, handlerName.slice(0, split));
  const exported = await loadModule(file);
  const handler = exported[handlerName.slice(split + 1)];
  if (typeof handler !== 'function')
    throw named('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
  // Since nodejs24.x Lambda refuses callback handlers.
  if (handler.length > 2) throw named('Runtime.CallbackHandlerDeprecated', `${handlerName} takes a callback`);
  return handler;
}

async function loadModule(file) {
  const path = ['.js', '.cjs', '.mjs'].map((end) => file + end).find(existsSync);
  if (!path) throw named('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  if (extname(path) === '.mjs' || packageType() === 'module') return import(pathToFileURL(path).href);
  const require = createRequire(path);
  // A bundle is CommonJS whatever package.json stands above the assembly's folder.
  require.extensions['.js'] = (module, name) => module._compile(readFileSync(name, 'utf8'), name);
  return require(path);
}

function packageType() {
  const file = join(directory, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).type : 'commonjs';
}

function contextOf({ requestId: awsRequestId, deadline, arn }) {
  return {
    awsRequestId,
    invokedFunctionArn: arn,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    // Time left is real time: a test that moves the clock must not shorten a running invocation.
    getRemainingTimeInMillis: () => Math.max(0, deadline - (performance.timeOrigin + performance.now())),
  };
}

/** `Date` follows the twin's clock; `performance` and timers stay real. */
function moveDate(offset) {
  const RealDate = Date;
  const now = () => RealDate.now() + Number(Atomics.load(offset, 0));
  function TwinDate(...parts) {
    if (!new.target) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, parts.length > 0 ? parts : [now()], new.target);
  }
  Object.defineProperty(TwinDate, 'length', { value: 7 });
  Object.assign(TwinDate, { now, UTC: RealDate.UTC, parse: RealDate.parse });
  TwinDate.prototype = RealDate.prototype;
  RealDate.prototype.constructor = TwinDate;
  globalThis.Date = TwinDate;
}

/** Output goes through the same port as the answer, so that a line cannot arrive after the answer it belongs to. */
function captureOutput() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk, encoding, done) => {
      for (const line of String(chunk).split('\n')) if (line) post({ kind: 'log', message: line });
      const callback = typeof encoding === 'function' ? encoding : done;
      if (callback) process.nextTick(callback);
      return true;
    };
  }
  const levels = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' };
  for (const [method, level] of Object.entries(levels)) {
    console[method] = (...parts) => post({ kind: 'log', message: logLine(level, parts) });
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
function logLine(level, parts) {
  const timestamp = new Date().toISOString();
  const message = formatWithOptions({ colors: false }, ...parts);
  if (logFormat === 'Text') return `${timestamp}\t${requestId}\t${level}\t${message}`;
  const only = parts.length === 1 && typeof parts[0] === 'object' && !(parts[0] instanceof Error) ? parts[0] : message;
  return JSON.stringify({ timestamp, level, requestId, message: only });
}

function errorPayload(error) {
  const isError = error instanceof Error || (typeof error === 'object' && error !== null && 'stack' in error);
  if (!isError) return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
  const trace = String(error.stack).split('\n');
  return JSON.stringify({ errorType: error.name, errorMessage: error.message, trace });
}

function named(name, message) {
  return Object.assign(new Error(message), { name });
}
