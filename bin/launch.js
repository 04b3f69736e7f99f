const oldestMajor = 20;

/** Runs a TypeScript program's `main`, after one clear line when Node is too old to. */
export const launch = async (program) => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestMajor || (major === oldestMajor && minor < 11)) {
    console.error(
      `Node ${process.versions.node} is too old: Ringfence needs 20.11 or newer. Install it from https://nodejs.org.`,
    );
    process.exit(1);
  }
  // The AWS SDK says at every start that it will need Node 22 from January 2027.
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --no-warnings`.trim();
  process.removeAllListeners('warning');
  const { register } = await import('tsx/esm/api');
  register();
  const { main } = await import(program);
  process.exitCode = await main(process.argv.slice(2));
};
