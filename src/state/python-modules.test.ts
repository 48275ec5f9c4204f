import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from './processes.ts';
import { isGivenToRead, runsStandardModule } from './python-modules.ts';

test('modules of the library are told from those that lie about', () => {
  for (const line of ['python3 -m py_compile tool.py', 'python3 -I -m json.tool x', 'python3 -m http.server'])
    assert.equal(runsStandardModule(line.split(' ')), true, line);
  for (const line of ['python3 -m tool', 'python3 -m tool.json', 'python3 json', 'python3 -c x', 'python3 -m'])
    assert.equal(runsStandardModule(line.split(' ')), false, line);
});

test('a module that only reads the file that it is given runs none of it; what it imports it runs', () => {
  const given = (line: string, path: string): boolean =>
    isGivenToRead(
      { exe: '/usr/bin/python3.11', argv: line.split(' '), cwd: '/home/dev/in' } as unknown as ProcessState,
      path,
    );
  assert.equal(given('python3 -m py_compile export/load.py', '/home/dev/in/export/load.py'), true);
  assert.equal(given('python3 -m flake8 export', '/home/dev/in/export/deep/load.py'), true);
  assert.equal(given('python3 -m black /srv/code', '/srv/code/a.py'), true);
  assert.equal(given('python3 -m json.tool rates.json', '/home/dev/in/json.py'), false, 'it stands before the library');
  assert.equal(given('python3 -m black .', '/home/dev/in/tokenize.py'), false);
  for (const module of ['pdb', 'doctest', 'unittest', 'trace', 'cProfile', 'load'])
    assert.equal(given(`python3 -m ${module} load.py`, '/home/dev/in/load.py'), false, module);
  assert.equal(given('python3 load.py', '/home/dev/in/load.py'), false);
});
