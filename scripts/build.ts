import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { optionsOf } from './lib/options.ts';
import { ROOT } from './lib/tree.ts';

/**
 * Bundles the program into `dist/watchpost.mjs`: one ES module for Node 24 that starts without reading a hundred files.
 * Exit code 1 when it does not build.
 */
optionsOf({ name: 'npm run build --', says: 'Bundles the program into dist/watchpost.mjs.', options: {} });
const outfile = join(ROOT, 'dist', 'watchpost.mjs');
try {
  await build({
    entryPoints: [join(ROOT, 'src/cli/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    legalComments: 'eof',
    logLevel: 'warning',
    // CommonJS packages in the bundle ask for require(); an ES module has none of its own.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  });
} catch {
  process.exit(1);
}
chmodSync(outfile, 0o755);
console.log(`dist/watchpost.mjs ${(statSync(outfile).size / 1024).toFixed(0)} KiB`);
