import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { optionsOf } from './lib/options.ts';
import { ROOT } from './lib/tree.ts';

/**
 * Bundles the program into `dist/watchpost.mjs` and its parts beside it: ES modules for Node 24 that start without reading a
 * hundred files. What a command imports when it needs it is a part of its own: reading and parsing all of it costs every
 * start more than all that `--version` does. Exit code 1 when it does not build.
 */
optionsOf({ name: 'npm run build --', says: 'Bundles the program into dist/watchpost.mjs.', options: {} });
const outdir = join(ROOT, 'dist');
const outfile = join(outdir, 'watchpost.mjs');
const PARTS = 'parts';
let sizeBytes = 0;
try {
  const { metafile } = await build({
    entryPoints: { watchpost: join(ROOT, 'src/cli/main.ts') },
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: `${PARTS}/[name]-[hash]`,
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    metafile: true,
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
  const made = new Set(Object.keys(metafile.outputs));
  for (const name of made) sizeBytes += statSync(join(ROOT, name)).size;
  // What the engine kept of earlier builds, and parts of theirs that nothing names any more.
  rmSync(join(outdir, 'cache'), { recursive: true, force: true });
  for (const name of readdirSync(join(outdir, PARTS)))
    if (!made.has(`dist/${PARTS}/${name}`)) rmSync(join(outdir, PARTS, name));
} catch {
  process.exit(1);
}
chmodSync(outfile, 0o755);
console.log(`dist/watchpost.mjs and its parts ${(sizeBytes / 1024).toFixed(0)} KiB`);
