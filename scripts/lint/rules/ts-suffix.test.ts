import { specify } from '../specify.ts';
import { tsSuffix } from './ts-suffix.ts';

specify('ts-suffix', tsSuffix, {
  passes: [
    "import { a } from './a.ts';",
    "import { z } from 'zod';",
    "import fs from 'node:fs';",
    "import json from './a.json' with { type: 'json' };",
    "export const a = './b';",
  ],
  fails: [
    ["import { a } from './a';", 1],
    ["import type { A } from '../a';", 1],
    ["export { a } from './a';", 1],
    ["export * from './a';", 1],
    ["const a = await import('./a');", 1],
  ],
});
