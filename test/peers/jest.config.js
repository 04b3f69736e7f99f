import base from '../../jest.config.js';

/** Beside the projects of `npm test`, not one of them: these tests need programs that are not from npm. */
export default {
  ...base.projects[0],
  rootDir: '../..',
  displayName: 'peers',
  testMatch: ['<rootDir>/test/peers/**/*.test.ts'],
  globalSetup: base.globalSetup,
  globalTeardown: base.globalTeardown,
  maxWorkers: base.maxWorkers,
  testTimeout: 120_000,
};
