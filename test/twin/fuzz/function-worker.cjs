// A function's bundle in a thread of its own: jest's module sandbox has other classes than Node's, which the SDK minds.
const { parentPort, workerData } = require('node:worker_threads');
const { handler } = require(workerData.bundle);

const context = { getRemainingTimeInMillis: () => 15_000 };

parentPort.on('message', async (event) => {
  parentPort.postMessage(await handler(event, context).catch((error) => ({ thrown: String(error?.stack) })));
});
