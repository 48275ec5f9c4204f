import { specify } from '../specify.ts';
import { noDefaultExport } from './no-default-export.ts';

specify('no-default-export', noDefaultExport, {
  passes: ['export const a = 1;', 'export function f() {}', 'const a = 1; export { a };'],
  fails: [
    ['export default 1;', 1],
    ['export default function f() {}', 1],
    ['const a = 1; export { a as default };', 1],
    ["export { default } from './a.ts';", 1],
  ],
});
