import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commandFiles } from './command-files.ts';

const HOME = '/home/clerk';
const CLAIMS: readonly (readonly [command: string, ...files: string[]])[] = [
  ['emacs --batch --script notes', 'notes'],
  ['emacs-nox -l notes -f run', 'notes'],
  ['emacs --load=notes', 'notes'],
  ['emacs -x notes', 'notes'],
  ['emacs notes'],
  ['emacs -q notes'],
  ['vim.basic -es -S notes', 'notes'],
  ['vim -u notes text', 'notes'],
  ['vim -U notes text', 'notes'],
  ['vim -u NONE text'],
  ['vim text'],
  ['ex -c so|notes text', 'notes'],
  ['nvim +luafile|notes', 'notes'],
  ['R --no-save -f notes', 'notes'],
  ['R --file=notes --args data', 'notes'],
  ['R --args -f notes'],
  ['R CMD BATCH notes', 'notes'],
  ['gdb -batch -x notes', 'notes'],
  ['gdb --command=notes prog', 'notes'],
  ['gdb -ex source|notes prog', 'notes'],
  ['gdb --args prog -x notes'],
  ['gdb prog core'],
  ['sqlite3 -init notes x.db', 'notes'],
  ['sqlite3 x.db .read|notes', 'notes'],
  ['sqlite3 notes .tables'],
  ['tmux -f notes new', 'notes'],
  ['tmux source-file notes', 'notes'],
  ['tmux new -s notes'],
  ['screen -c notes', 'notes'],
  ['ssh -F notes host', 'notes'],
  ['ssh -F none host'],
  ['ssh -F ./notes host', 'notes'],
  ['ssh -F./notes host', 'notes'],
  ['ssh -i notes host'],
  ['mutt -F notes', 'notes'],
  ['sed -n -f notes text', 'notes'],
  ['sed -nf notes text', 'notes'],
  ['sed --file=notes text', 'notes'],
  ['sed -f - text'],
  ['sed s/f/notes/ text'],
  ['ansible-playbook -i hosts --limit web notes', 'notes'],
  ['cmake -P notes', 'notes'],
  ['cmake -C notes -S src', 'notes'],
  ['cmake -S notes -B out'],
  ['ant -buildfile notes', 'notes'],
  ['just --justfile notes', 'notes'],
  ['psql -d db -f notes', 'notes'],
  ['psql -c \\i|notes', 'notes'],
  ['psql notes'],
  ['mysql -e source|notes', 'notes'],
  ['mysql notes'],
  ['lftp -f notes', 'notes'],
  ['lftp -e source|notes', 'notes'],
  ['lftp -u me notes'],
  ['lldb -s notes prog', 'notes'],
  ['blender -b scene -P notes', 'notes'],
  ['mpv --script=notes film', 'notes'],
  ['tshark -X lua_script:notes', 'notes'],
  ['tshark -r notes'],
  ['nmap --script ./notes host', 'notes'],
  ['puppet apply --noop notes', 'notes'],
  ['puppet agent notes'],
  ['logrotate -s state notes', 'notes'],
  ['sort -f notes'],
  ['emacs -l'],
  ['ssh -F'],
];
for (const [command, ...files] of CLAIMS)
  test(`${command}: ${files.length === 0 ? 'no file of commands' : files.join(' ')}`, () => {
    const argv = command.split(' ').map(word => word.replaceAll('|', ' '));
    const found = commandFiles(`/usr/bin/${argv[0]}`, argv, HOME);
    assert.deepEqual(
      found,
      files.map(each => `${HOME}/${each}`),
    );
  });

test('a program that is a script is told by its own words, not by those of its interpreter', () => {
  const argv = ['/usr/bin/python3', '/usr/bin/ansible-playbook', '-c', 'local', 'notes.yml'];
  assert.deepEqual(commandFiles('/usr/bin/ansible-playbook', argv, HOME), [`${HOME}/notes.yml`]);
});

test('it is known under the names that distributions give it, and what is called alike is another program', () => {
  for (const [exe, option] of [
    ['/usr/bin/vim.tiny', '-S'],
    ['/usr/bin/gdb-13.1', '-x'],
    ['/usr/lib/R/bin/exec/R', '-f'],
    ['/usr/bin/emacs-28.2', '-l'],
  ] as const)
    assert.deepEqual(commandFiles(exe, ['x', option, 'notes'], HOME), [`${HOME}/notes`], exe);
  for (const exe of ['/usr/bin/ssh-keygen', '/usr/bin/ssh-agent', '/usr/bin/sedutil', '/usr/bin/vim.sh'])
    assert.deepEqual(commandFiles(exe, ['x', '-F', 'notes', '-f', 'notes', '-S', 'notes'], HOME), [], exe);
});

test('no words make it throw, and every file stands in a word', () => {
  const programs = fc.constantFrom('vim', 'sed', 'gdb', 'R', 'ansible-playbook', 'tmux');
  fc.assert(
    fc.property(programs, fc.array(fc.string(), { maxLength: 6 }), (program, words) => {
      const found = commandFiles(`/usr/bin/${program}`, [program, ...words], '');
      assert.ok(
        found.every(each => each === '' || words.join(' ').includes(each.replace(/^\?\//, '').split('/').at(-1) ?? '')),
      );
    }),
  );
});
