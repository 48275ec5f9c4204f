import { byWords, byWordsAndOne } from '../core/by-words.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { firstTaint, originOf, stepOf } from './carry.ts';
import type { ExecutionPlan } from './execution.ts';
import type { HostState } from './host.ts';
import { executed } from './judge-contents.ts';
import { idOf, type ProcessState } from './processes.ts';
import { CLASS, programName } from './programs.ts';
import { commandOption } from './shell-words.ts';

/**
 * Mail programs pipe a message or a part of it into a command that their person types (`|` of mutt(1), alpine(1), aerc(1)). Where
 * that command is an interpreter without a script, the message is its program, and no file is ever written.
 */
export function judgePipedMail(host: HostState, process: ProcessState, plan: ExecutionPlan, event: ProcessStarted) {
  if (!plan.fromInput || process.controlled !== null || process.carries.length > 0) return;
  if ((process.classBits & (CLASS.shell | CLASS.interpreter)) === 0 || isForTyping(process.argv)) return;
  const client = clientBehind(process);
  if (client === null) return;
  const read = client.lastStoreRead;
  const origin = originOf(host, client, event.time, {
    kind: 'mail',
    basis: 'client-piped',
    strength: 'inferred',
    person: host.userName(client.uid),
    key: `${idOf(client)} ${idOf(process)}`,
    storePath: read?.path ?? '',
    agentPid: read?.agentPid ?? -1,
    agentTime: read?.agentTime ?? 0,
  });
  const step = stepOf(
    event,
    'process.input',
    client,
    'pipes the message, or a part of it, into',
    programName(process.exe),
    'inferred',
    'a mail program started an interpreter that was given no program: it takes what is piped to it',
  );
  const taint = firstTaint(origin, step);
  executed(host, process, taint, '', 'standard-input', 'inferred', event);
  // A mail program also gives its person a shell to type at. What was piped runs at once; after a pause somebody may have typed.
  if ((process.classBits & CLASS.shell) === 0 || process.controlled === null) return;
  const since = event.time;
  host.sourced.set({
    shell: process,
    taint: process.controlled,
    path: '',
    isStart: true,
    since,
    last: since,
    worked: false,
    started: null,
  });
}

/** A login shell, or one that is told to be interactive, is there for typing. */
export const isForTyping = byWords((argv): boolean =>
  argv.some((word, i) => (i === 0 ? word.startsWith('-') : /^-[a-zA-Z]*[il]|^--(?:login|interactive)$/.test(word))),
);

/** The mail program that started it, by itself or over the shell that it hands such a command to. */
function clientBehind(process: ProcessState): ProcessState | null {
  const { parent } = process;
  if (parent === null) return null;
  if (isReader(parent)) return parent;
  const client = parent.parent;
  if (client === null || (parent.classBits & CLASS.shell) === 0 || !isReader(client)) return null;
  return takesInput(parent.argv, programName(process.exe)) ? client : null;
}

/** It shows mail to a person. mailx(1) also sends, and reads mail only where it opened a store. */
const isReader = ({ trusted, classBits, script, lastStoreRead }: ProcessState): boolean =>
  trusted &&
  script === '' &&
  ((classBits & CLASS.mailClient) !== 0 || ((classBits & CLASS.sender) !== 0 && lastStoreRead !== null));

/** What passes on what it gets on standard input, changed or not. */
const FILTERS = new Set(
  'cat base64 base32 uudecode sed tr tail head awk gawk mawk grep gzip gunzip zcat bzip2 bunzip2 xz unxz xzcat zstd openssl gpg cut rev dos2unix iconv recode qprint reformime formail tee xxd'.split(
    ' ',
  ),
);

/**
 * The line of the shell leaves its input to the interpreter: nothing stands before it but programs that pass on what they get. A line
 * that names a file, or that fetches, gives it another program.
 */
const takesInput = byWordsAndOne((argv, name: string): boolean => {
  const at = commandOption(argv);
  const line = argv[at + 1]?.trim() ?? '';
  if (at < 0 || /[<`\n]|\$\(|:\/\/|&&|\|\|/.test(line)) return false;
  const stages = line.split('|').map(stage => stage.trim().split(/\s+/));
  const own = stages.findIndex(([word = '']) => isCalled(word, name));
  return (
    own >= 0 &&
    stages
      .slice(0, own)
      .every(([word = '', ...rest]) => FILTERS.has(programName(word)) && !rest.some(each => NAMES_FILE.test(each)))
  );
});

/** `python3` may be python3.11 once it runs, `sh` dash. */
const isCalled = (word: string, name: string): boolean => {
  const called = programName(word);
  return called === name || name.startsWith(called) || SHELLS.test(called);
};
const SHELLS = /^(?:|[abdkz]|mk|pdk)sh$/;

/** `/etc/hosts`, `a/b`, `notes.txt`; no expression of sed(1), which begins with a number, a blank or a sign. */
const NAMES_FILE = /^(?:~|\.{0,2}\/)[\w./-]+$|^[\w./-]+\.[a-zA-Z]\w*$/;
