import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completed, type LockFile, missingEntries } from './lib/lock-file.ts';
import { ROOT } from './lib/tree.ts';

/** Adds to package-lock.json what `npm ci` asks for and `npm install` left out. Run it after changing dependencies. */
const path = join(ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8')) as LockFile;
const missing = missingEntries(lock);
if (missing.length > 0) writeFileSync(path, `${JSON.stringify(completed(lock), null, 2)}\n`);
console.log(`${missing.length} entries added`);
