import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { madeParts, withPart } from '../scripts/lib/pages.ts';
import { filesUnder, ROOT } from '../scripts/lib/tree.ts';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

test('the parts of the pages that are made from code are current', () => {
  for (const part of madeParts()) {
    const page = read(part.page);
    assert.equal(page, withPart(page, part), `${part.page}, ${part.name}: run node scripts/pages.ts`);
  }
});

test('a part out of date is seen, and a page without its place is an error', () => {
  const page = 'a\n<!-- x:begin -->\nold\n<!-- x:end -->\nb\n';
  assert.equal(withPart(page, { name: 'x', text: 'new' }), 'a\n<!-- x:begin -->\nnew\n<!-- x:end -->\nb\n');
  assert.throws(() => withPart(page, { name: 'y', text: 'new' }), /no part/);
});

test('every link between pages leads somewhere', () => {
  const pages = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    ...filesUnder('docs'),
    ...filesUnder('src'),
  ];
  const broken: string[] = [];
  for (const page of pages.filter(each => each.endsWith('.md'))) {
    for (const [, target] of read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)) {
      if (!existsSync(join(ROOT, dirname(page), target as string))) broken.push(`${page}: ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});

test('every command of package.json that a page names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const page of ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md']) {
    for (const [, name] of read(page).matchAll(/npm run ([a-z:-]+)/g)) {
      assert.ok(scripts[name as string], `${page}: npm run ${name}`);
    }
  }
});
