import { fileLength } from './rules/file-length.ts';
import { noAmbientTime } from './rules/no-ambient-time.ts';
import { noBarrel } from './rules/no-barrel.ts';
import { noConsole } from './rules/no-console.ts';
import { noDefaultExport } from './rules/no-default-export.ts';
import { plainTypes } from './rules/plain-types.ts';
import { tsSuffix } from './rules/ts-suffix.ts';

/** The project's own rules for oxlint. `.oxlintrc.json` says where each one applies. */
const plugin = {
  meta: { name: 'watchpost' },
  rules: {
    'file-length': fileLength(400),
    'file-length-hint': fileLength(250),
    'no-ambient-time': noAmbientTime,
    'no-barrel': noBarrel,
    'no-console': noConsole,
    'no-default-export': noDefaultExport,
    'plain-types': plainTypes,
    'ts-suffix': tsSuffix,
  },
};

// The linter loads a plugin by its default export; this is the one place that needs one.
export default plugin;
