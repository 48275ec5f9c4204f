import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importsOf } from './imports.ts';

const specifiers = (text: string) =>
  importsOf(text).map(use => (use.typeOnly ? `type ${use.specifier}` : use.specifier));

test('finds every way of naming a module', () => {
  const text = `
    import a from './a.ts';
    import { b, type B } from './b.ts';
    import * as c from "./c.ts";
    import './d.ts';
    import type { E } from './e.ts';
    export { f } from './f.ts';
    export * from './g.ts';
    export type { H } from './h.ts';
    const i = await import('./i.ts');
    type J = import('./j.ts').J;
    let k: import('./k.ts').K;
    let l = import(name);
  `;
  assert.deepEqual(specifiers(text), [
    './a.ts',
    './b.ts',
    './c.ts',
    './d.ts',
    'type ./e.ts',
    './f.ts',
    './g.ts',
    'type ./h.ts',
    './i.ts',
    './j.ts',
    'type ./k.ts',
    '<computed>',
  ]);
});

test('is not taken in by comments, strings, templates and regular expressions', () => {
  const text = `
    // import './no1.ts';
    /* import './no2.ts'; */
    const a = "import './no3.ts'";
    const b = \`import './no4.ts' \${f({ x: \`\${g}\` })} import './no5.ts'\`;
    const c = /import '.\\/no6.ts'["']/;
    const d = 8 / 2; import './yes.ts'; const e = 4 / 2;
    import.meta.url;
    export const from = './no7.ts';
    export function f() { return { import: 'x' }; }
  `;
  assert.deepEqual(specifiers(text), ['./yes.ts']);
});

test('says on which line', () => {
  assert.deepEqual(importsOf("\n\nimport {\n  a,\n} from './a.ts';\n"), [
    { specifier: './a.ts', typeOnly: false, line: 3 },
  ]);
});
