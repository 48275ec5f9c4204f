import type { ProcessStarted } from '../events/host-events.ts';
import { findElder } from './ancestry.ts';
import type { HostState } from './host.ts';
import { notify } from './notify.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, calledAs } from './programs.ts';

/**
 * What runs for an outsider tells a program of the system to keep a job: crontab(1) and at(1) take it and write it down themselves,
 * systemctl(1) has a unit started from now on, systemd-run(1) sets a timer. Where a record shows that file, it takes the place of this.
 */
export function leftByWords(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const { controlled, trusted } = process;
  if (controlled === null || !trusted || controlled.origin.kind === 'mailstore') return;
  const path = jobsOf(host, process);
  if (path === '') return;
  notify(host, process, event, {
    kind: 'persistence.written',
    taint: controlled,
    path,
    strength: 'inferred',
    byWords: true,
  });
}

/** Where Debian keeps them; '' where it is told no job. */
function jobsOf(host: HostState, process: ProcessState): string {
  const { name, argv } = calledAs(process.exe, process.argv);
  const words = argv.slice(1);
  if (name === 'crontab') return tableOf(host, process, words);
  const isNewJob = name === 'batch' || (name === 'at' && words.length > 0 && !words.some(lists));
  if (isNewJob) return '/var/spool/cron/atjobs';
  if (name === 'systemd-run')
    return words.some(word => /^--on-[a-z]+/.test(word)) ? '/run/systemd/transient/*.timer' : '';
  return name === 'systemctl' ? enabled(host, process, words) : '';
}

/** at(1): lists, removes, prints a job; says its version. A letter after `q` names a queue. */
const lists = (word: string): boolean => /^-[a-zA-Z]*[lrdcV]/.test(word.replace(/^(-[a-zA-Z]*?q).*/, '$1'));

/** Shows the table, takes it away, asks whether it is well formed; says its version. */
const TABLE_ELSE = /^-[a-z]*[lrTV]/;

/** A table is read from a file or from standard input, `-`; root may name whose it is to be. */
function tableOf(host: HostState, { uid }: ProcessState, words: readonly string[]): string {
  if (words.length === 0 || words.some(word => TABLE_ELSE.test(word))) return '';
  const at = words.indexOf('-u');
  return `/var/spool/cron/crontabs/${(at < 0 ? '' : words[at + 1]) || host.userName(uid) || uid}`;
}

const ENABLES = new Set(['enable', 'reenable', 'add-wants', 'add-requires']);

/** A package has its services enabled as it is installed. Which target wants the unit stands in the unit. */
function enabled(host: HostState, process: ProcessState, words: readonly string[]): string {
  const [verb = '', ...units] = words.filter(word => !word.startsWith('-'));
  const unit = units.at(-1);
  if (!ENABLES.has(verb) || unit === undefined) return '';
  const isPersons = words.includes('--user');
  if (host.areas.has(isPersons ? '/home/x' : '/etc/x')) return '';
  if (findElder(process, 8, ({ classBits }) => (classBits & CLASS.packageManager) !== 0) !== undefined) return '';
  const user = host.userName(process.uid) || process.uid;
  const folder = isPersons ? `~${user}/.config/systemd/user` : '/etc/systemd/system';
  return `${folder}/*.wants/${unit}`.slice(0, 256);
}
