import { byWordsAndOne } from '../core/by-words.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { stepOf } from './carry.ts';
import { actingUid } from './elevation.ts';
import type { HostState } from './host.ts';
import { isMailSoftware, type ProcessState, programOf, tellOnce } from './processes.ts';
import { CLASS, programName } from './programs.ts';
import { holdsStore } from './store-reads.ts';

/** Programs that are given the number of a running process and can write down what lies in its memory: ptrace(2), core(5). */
const DEBUGGERS = new Set(['gdb', 'gdb-multiarch', 'lldb', 'lldb-server', 'procdump', 'memfetch', 'memdump']);

/** `attach 812`, `--pid=812`, `-p812`, `812`; proc_pid_mem(5). */
const NUMBER = /^(?:.*\battach\s+|--(?:pid|attach-pid)=|-p)?(\d+)\s*$/;
const MEMORY = /\/proc\/(\d+)\/(?:mem|map_files)\b/;

/**
 * A debugger is given a mail client that somebody else has running: what that holds in memory is that person's mail, though no store is
 * opened. One's own client, dumped for whoever mends it, is one's own affair.
 */
export function readsMemory(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (process.classBits & CLASS.shell) return;
  for (const pid of processesNamed(process.argv, process.exe)) {
    const target = pid > 0 ? host.processes.get(pid) : undefined;
    if (target === undefined || !isMailOfOther(target, process)) continue;
    if (!tellOnce(process, `memory ${pid}`)) continue;
    const path = `/proc/${pid}/mem`;
    const read = target.lastStoreRead;
    const box = read === null ? '' : host.place(read.path).box;
    const why = `its words name process ${pid}, ${programOf(target)}, which has mail open`;
    const step = stepOf(event, 'store.read', process, 'reads the memory of a mail client,', path, 'inferred', why);
    const owner = host.userName(target.uid);
    const file = { path, node: -1, mode: -1, ownerUid: target.uid };
    holdsStore(host, process, event, { file, box: box || path, owner, step, unrecorded: '' });
  }
}

/** Whose memory the words name, in the order of the words. */
const processesNamed = byWordsAndOne((argv, exe: string): readonly number[] => {
  const isDebugger = DEBUGGERS.has(programName(exe));
  const found = argv.map(word => MEMORY.exec(word)?.[1] ?? (isDebugger ? NUMBER.exec(word)?.[1] : undefined));
  return found.flatMap(each => (each === undefined ? [] : [Number(each)]));
});

/** A client that is running for another account than that of who looks into it. */
function isMailOfOther(target: ProcessState, by: ProcessState): boolean {
  if (target.ended || target.uid <= 0 || target.uid === actingUid(by)) return false;
  return (target.classBits & CLASS.mailClient) !== 0 && !isMailSoftware(target);
}
