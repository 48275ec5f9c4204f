import { ancestry } from './ancestry.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, calledAs } from './programs.ts';

/** A setting of the MTA that gives somebody else a copy of mail, or all of it. */
export interface MailSetting {
  /** The file that it stands in. */
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

/** postconf(5): blind copies, and tables that put one recipient in another's place. */
const SENDS_ON =
  /^(?:always_bcc|(?:recipient|sender)_bcc_maps|virtual_(?:alias_)?maps|(?:recipient_)?canonical_maps|luser_relay)$/;
/** postconf(1): options that take a value; those that only show or take away. */
const VALUED = new Set(['-c', '-C', '-m', '-t']);
const NO_EDIT = /^-[a-zA-Z]*[#XndDhHxlL]/;

/**
 * What postconf(1) is told to set: `name=value`, behind `-e` or alone, in main.cf or, behind `-P`, for one service of master.cf.
 * A package's own scripts set up the server that they install.
 */
export function mailSettingsMade(process: ProcessState): MailSetting[] {
  const { name, argv } = calledAs(process.exe, process.argv);
  if (name !== 'postconf' || !process.trusted) return [];
  if (ancestry(process, 6).some(({ classBits }) => (classBits & CLASS.packageManager) !== 0)) return [];
  let folder = '/etc/postfix';
  let file = 'main.cf';
  const made: MailSetting[] = [];
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as string;
    if (VALUED.has(word)) {
      i += 1;
      if (word === '-c') folder = (argv[i] ?? folder).replace(/\/+$/, '');
      continue;
    }
    if (word.startsWith('-')) {
      if (NO_EDIT.test(word)) return [];
      if (/^-[a-zA-Z]*P/.test(word)) file = 'master.cf';
      continue;
    }
    const [, key = '', value = ''] = /^(?:[^=\s]*\/)?([a-z_]+)\s*=\s*(.*)$/s.exec(word) ?? [];
    if (SENDS_ON.test(key) && value.trim() !== '')
      made.push({ path: `${folder}/${file}`, name: key, value: value.trim().slice(0, 256) });
  }
  return made;
}
