import { packerName, packsIntoFile } from '../../state/packers.ts';
import type { ProcessState } from '../../state/processes.ts';
import { programName } from '../../state/programs.ts';

/** What a sender was given to send, read from arguments and pipeline. Names of files only, never content. */

const ATTACH = new Set([
  '-a',
  '-A',
  '--attach',
  '--attachment',
  '--attach-file',
  '--attach-body',
  '--upload-file',
  '-T',
  '--body',
  '--data',
  '--file',
]);

const MAIL_TOOLS = new Set([
  'mail',
  'mailx',
  'bsd-mailx',
  's-nail',
  'mutt',
  'neomutt',
  'swaks',
  'mpack',
  'sendemail',
  'sendEmail',
  'smtp-cli',
  'mailsend',
  'curl',
  'nail',
  'heirloom-mailx',
  'email',
]);

/** Files named as attachments or bodies. `-a` of BSD mail adds a header, so a word with a colon and blank is no file. */
export function attachmentsIn(process: ProcessState): string[] {
  const found: string[] = [];
  const name = programName(process.script || process.exe);
  const { argv } = process;
  for (let i = 1; i < argv.length && found.length < 8; i++) {
    const word = argv[i] as string;
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const flag = equals === -1 ? word : word.slice(0, equals);
    if (!ATTACH.has(flag)) continue;
    const value = equals === -1 ? (argv[i + 1] ?? '') : word.slice(equals + 1);
    const file = value.startsWith('@') ? value.slice(1) : value;
    if (file === '' || file.includes(': ') || (file.startsWith('-') && file !== '-')) continue;
    if ((flag === '--data' || flag === '--body') && !value.startsWith('@') && !value.startsWith('/')) continue;
    if (MAIL_TOOLS.has(name) || flag.startsWith('--')) found.push(file.slice(0, 256));
  }
  if (name === 'mpack')
    for (const word of argv.slice(1)) if (word.includes('/') && !word.startsWith('-')) found.push(word.slice(0, 256));
  // git-send-email(1): each operand is a patch, or a folder of such.
  if (name === 'git-send-email')
    for (const word of argv.slice(argv.indexOf(process.script) + 1).slice(0, 8))
      if (isPatch(word)) found.push(word.slice(0, 256));
  return distinct(found);
}

const isPatch = (word: string): boolean => !word.startsWith('-') && (word.endsWith('.patch') || word.includes('/'));

const distinct = (list: string[]): string[] => (list.length < 2 ? list : [...new Set(list)]);

/** Programs of the same pipeline that pack or encode, and hand on what they make. */
export function encodersIn(stages: readonly ProcessState[]): string[] {
  const found = new Set(stages.filter(stage => !packsIntoFile(stage)).map(packerName));
  found.delete('');
  return [...found].sort();
}
