import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runsStandardModule } from './python-modules.ts';

test('modules of the library are told from those that lie about', () => {
  for (const line of ['python3 -m py_compile tool.py', 'python3 -I -m json.tool x', 'python3 -m http.server'])
    assert.equal(runsStandardModule(line.split(' ')), true, line);
  for (const line of ['python3 -m tool', 'python3 -m tool.json', 'python3 json', 'python3 -c x', 'python3 -m'])
    assert.equal(runsStandardModule(line.split(' ')), false, line);
});
