// Strips types with esbuild: jest runs CommonJS, the sources are ES modules.
const { createHash } = require('node:crypto');
const esbuild = require('esbuild');

const options = {
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
};

module.exports = {
  process(source, path) {
    const loader = path.endsWith('.ts') ? 'ts' : 'js';
    return esbuild.transformSync(source, { ...options, loader, sourcefile: path });
  },
  getCacheKey(source, path) {
    return createHash('sha256')
      .update(JSON.stringify([source, path, options, esbuild.version]))
      .digest('hex');
  },
};
