import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { END } from '../src/decoders/audit/scan/layout.ts';
import { optionsOf } from './lib/options.ts';
import { run } from './lib/run.ts';
import { ROOT } from './lib/tree.ts';

/**
 * Compiles the scanner of audit logs, `wasm/audit` (AssemblyScript), and writes what comes of it into a module beside the
 * decoder that uses it: whoever runs or changes anything else needs no compiler. `--check` says whether it is current.
 */
const { values } = optionsOf({
  name: 'npm run wasm --',
  says: 'Compiles wasm/audit into src/decoders/audit/scan/module.ts.',
  options: { check: { type: 'boolean', default: false, says: 'only say whether it is current' } },
});
const PAGE_BYTES = 65_536;
const pages = String(Math.ceil(END / PAGE_BYTES));
const source = 'wasm/audit/scan.ts';
const target = 'src/decoders/audit/scan/module.ts';
const folder = mkdtempSync(join(tmpdir(), 'watchpost-wasm-'));
try {
  const compiled = join(folder, 'scan.wasm');
  const flags = ['--optimizeLevel', '3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd'];
  const memory = ['--initialMemory', pages, '--maximumMemory', pages];
  const compiler = join(ROOT, 'node_modules/assemblyscript/bin/asc.js');
  const { code, output } = await run(process.execPath, [compiler, source, ...flags, ...memory, '--outFile', compiled]);
  if (code !== 0) {
    console.error(output);
    process.exitCode = 1;
  } else {
    const text = [
      `/** ${source}, compiled: written by \`npm run wasm\`. */`,
      'export const AUDIT_SCAN =',
      `  '${readFileSync(compiled).toString('base64')}';`,
      '',
    ].join('\n');
    const file = join(ROOT, target);
    if (!values.check) writeFileSync(file, text);
    else if (readFileSync(file, 'utf8') !== text) {
      console.error(`${target} is not what wasm/audit says: run \`npm run wasm\``);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
