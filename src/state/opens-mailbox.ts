import type { ProcessState } from './processes.ts';
import { programName } from './programs.ts';
import { recipientsIn } from './recipients.ts';

/** Programs that read mail as well as send it, by their words (mailx(1p), mutt(1)). */
const BOTH = new Set([
  'mail',
  'Mail',
  'mailx',
  'nail',
  's-nail',
  'bsd-mailx',
  'heirloom-mailx',
  'mail.mailutils',
  'mutt',
  'neomutt',
]);

/** mailx(1p): `-f [file]`, `-u user`, `-H`, `-e`; s-nail(1): `-L spec`; mutt(1): `-f mailbox`, `-y`, `-Z`. Options may share a dash. */
const READS = /^-(?:[A-Za-z]*f|u|[A-Za-z]*[HeyZ]$|L)/;

/** It was started to look into a mailbox: what it holds it shows to its user, and it sends nothing until told so. */
export function opensMailbox({ exe, argv }: Pick<ProcessState, 'exe' | 'argv'>): boolean {
  if (!BOTH.has(programName(exe))) return false;
  return recipientsIn(argv).length === 0 && argv.slice(1).some(word => READS.test(word));
}
