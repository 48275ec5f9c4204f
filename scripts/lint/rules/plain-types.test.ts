import { specify } from '../specify.ts';
import { plainTypes } from './plain-types.ts';

specify('plain-types', plainTypes, {
  passes: [
    'class A {}',
    'class UsageError extends Error {}',
    "const KINDS = { a: 'a' } as const;",
    'interface B extends A {}',
    "declare module 'x' { const y: number; }",
  ],
  fails: [
    ['enum A { B }', 1],
    ['const enum A { B }', 1],
    ['class B extends A {}', 1],
    ['const B = class extends A {};', 1],
    ['class B extends mixin(A) {}', 1],
    ['namespace A { export const b = 1; }', 1],
    ['@decorate class A {}', 1],
  ],
});
