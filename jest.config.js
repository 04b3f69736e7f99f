/** `unit` does no I/O; `infrastructure` reads templates; `twin` and `security` go through HTTP; `solo` has its own twin. */
const shared = {
  transform: { '\\.[cm]?[jt]s$': '<rootDir>/test/jest-transform.cjs' },
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/test/harness/after-each-file.ts'],
};

const project = (name) => ({ ...shared, displayName: name, testMatch: [`<rootDir>/test/${name}/**/*.test.ts`] });

export default {
  projects: ['unit', 'infrastructure', 'twin', 'security', 'solo'].map(project),
  globalSetup: '<rootDir>/test/harness/global-setup.cjs',
  globalTeardown: '<rootDir>/test/harness/global-teardown.cjs',
  maxWorkers: 2,
  testTimeout: 60_000,
};
