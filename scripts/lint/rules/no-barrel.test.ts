import { specify } from '../specify.ts';
import { noBarrel } from './no-barrel.ts';

specify('no-barrel', noBarrel, {
  passes: ["import { a } from './a.ts'; export const ALL = [a];", 'const a = 1; export { a };'],
  fails: [
    ["export * from './a.ts';", 1],
    ["export { a } from './a.ts';", 1],
    ["export type { A } from './a.ts';", 1],
    ["export * as a from './a.ts';", 1],
  ],
});
