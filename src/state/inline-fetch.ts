import type { ProcessStarted } from '../events/host-events.ts';
import type { HostState } from './host.ts';
import { runsFetched } from './inline-code.ts';
import { executed, fetchTaint } from './judge-contents.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';

/** `python3 -c 'exec(urlopen("https://…").read())'`: one process gets the text and runs it, and no file ever holds it. */
export function judgeInlineFetch(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if ((process.classBits & CLASS.interpreter) === 0) return;
  const url = runsFetched(process.argv);
  if (url !== '') executed(host, process, fetchTaint(host, process, event, url), '', 'memory', 'inferred', event);
}
