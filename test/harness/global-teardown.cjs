// Ends the twins of the workers. A twin that wrote no ready file ends with its parent.
const { existsSync, readdirSync, readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');

module.exports = () => {
  const folder = process.env.RINGFENCE_TEST_RUN;
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    try {
      process.kill(JSON.parse(readFileSync(join(folder, name), 'utf8')).pid, 'SIGTERM');
    } catch {
      // It has ended already.
    }
  }
  rmSync(folder, { recursive: true, force: true });
};
