import { baseName, resolvePath } from '../core/paths.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { stepOf } from './carry.ts';
import { noteOnFile, taintFile } from './files.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { programName } from './programs.ts';
import { extendTaint, type Taint } from './taint.ts';

const WORDS_MAX = 64;

/**
 * Where nothing records writes, the words of curl(1) and wget(1) say into which file they put what they fetch: `-o FILE`,
 * `-O` and no word (the URL's last part), `-O FILE`, `-P FOLDER`. '' for standard output or another program.
 */
export function fetchedInto(argv: readonly string[], name: string, cwd: string): string {
  const url = argv.find(word => word.includes('://')) ?? '';
  const last = baseName(url.split(/[?#]/, 1)[0] ?? '');
  let file = '';
  let folder = cwd;
  let isKept = name === 'wget';
  for (let i = 1; i < argv.length && i < WORDS_MAX; i++) {
    const word = argv[i] as string;
    const next = argv[i + 1] ?? '';
    if (name === 'curl' && (/^-[a-zA-Z]*o$/.test(word) || word === '--output')) file = next;
    else if (name === 'curl' && (/^-[a-zA-Z]*O[a-zA-Z]*$/.test(word) || word === '--remote-name')) isKept = true;
    else if (name === 'wget' && (/^-[a-zA-Z]*O$/.test(word) || word === '--output-document')) file = next;
    else if (name === 'wget' && /^-[a-zA-Z]*O-$/.test(word)) file = '-';
    else if (word.startsWith('--output=') || word.startsWith('--output-document='))
      file = word.slice(word.indexOf('=') + 1);
    else if (name === 'wget' && word === '-P') folder = resolvePath(next, cwd);
  }
  if (file === '-' || url === '') return '';
  if (file !== '') return resolvePath(file, cwd);
  return isKept && last !== '' && !last.includes(':') ? resolvePath(last, folder) : '';
}

/** The file holds what was fetched, as far as the words tell. */
export function noteFetched(host: HostState, process: ProcessState, taint: () => Taint, event: ProcessStarted): void {
  if (host.has('file:written')) return;
  const name = programName(process.exe);
  if (name !== 'curl' && name !== 'wget') return;
  const path = fetchedInto(process.argv, name, process.cwd);
  if (!path.startsWith('/') || path.startsWith('/dev/')) return;
  const why = 'named in its arguments; file creation is not recorded here';
  const step = stepOf(event, 'file.written', process, 'puts it at', path, 'inferred', why);
  const onward = extendTaint(taint(), step, { assumes: 'file:written' });
  if (onward === null) return;
  const state = host.files.remember({ path, node: -1, mode: -1, ownerUid: -1 }, event.time);
  if (taintFile(state, onward)) noteOnFile(state, step);
}
