import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const LAB = import.meta.dirname;
const scenarios = readdirSync(join(LAB, 'scenarios'), { recursive: true, encoding: 'utf8' }).filter(name =>
  name.endsWith('.sh'),
);

test('every scenario can be recorded anew: the audit rules that it names are in the laboratory', () => {
  assert.ok(scenarios.length > 300, `${scenarios.length} scenarios`);
  const missing = scenarios.flatMap(name => {
    const text = readFileSync(join(LAB, 'scenarios', name), 'utf8');
    return [...text.matchAll(/\baudit_rules=(\S+)/g)]
      .filter(([, rules = '']) => !existsSync(join(LAB, rules)))
      .map(([, rules]) => `${name}: ${rules}`);
  });
  assert.deepEqual(missing, []);
});

test('every set of audit rules is named in the laboratory’s page', () => {
  const page = readFileSync(join(LAB, 'README.md'), 'utf8');
  const sets = readdirSync(LAB).filter(name => name.endsWith('.rules'));
  assert.deepEqual(
    sets.filter(name => !page.includes(`\`${name}\``) && !page.includes(`\`${name.slice(0, -'.rules'.length)}\``)),
    [],
  );
});
