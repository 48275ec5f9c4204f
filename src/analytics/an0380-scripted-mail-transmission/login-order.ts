import type { RunContext } from '../../state/context.ts';
import type { HostState } from '../../state/host.ts';
import type { LoginRead } from '../../state/login-files.ts';
import { type ProcessState, programOf } from '../../state/processes.ts';
import { named } from '../../state/taint.ts';
import type { Story } from '../story.ts';
import type { Via } from './hooks.ts';
import type { Send, SendJob } from './send.ts';

interface LoginOrder {
  readonly context: RunContext;
  readonly hook: string;
  readonly via: Via;
  readonly key: string;
}

/**
 * What stands in a file that a shell runs as it begins or ends (~/.profile, ~/.bash_logout) nobody typed: the file is the job, whichever
 * login runs it. Null for anything else.
 */
export function loginOrder(process: ProcessState, context: RunContext, host: HostState): LoginOrder | null {
  if (context.kind !== 'interactive' && context.kind !== 'detached') return null;
  const read = host.logins.above(process);
  if (read === null) return null;
  const { path, pid, time, ref } = read;
  const run = `${pid}@${read.start}`;
  return {
    context: { ...context, kind: 'interactive', job: path },
    hook: path,
    via: { run, pid, time, ref, text: path, asked: run, kind: 'settings', login: read },
    key: `${host.host}\0${process.uid}\0login file ${path} ${programOf(process)}`,
  };
}

export const loginOf = (sends: readonly Pick<Send, 'via'>[]): LoginRead | undefined => sends[0]?.via?.login;

/** Who wrote the file last, the shell that ran it, and the send out of it. False where it came out of none. */
export function tellLogin(
  { rootPid, rootTime }: SendJob,
  { via }: Send,
  root: string,
  id: string,
  story: Story,
): boolean {
  const read = via?.login;
  if (read === undefined) return false;
  const { path, author, isEnd } = read;
  const shell = named(read.program, read.pid);
  const opened = story.step(
    `file.opened#${read.time}.${read.order}`,
    read.time,
    'file.opened',
    `${shell} opens ${path}, which it runs as it ${isEnd ? 'ends' : 'begins'}`,
    read.ref,
  );
  if (author === null) story.miss(`Who wrote ${path} is not in the records.`);
  else {
    const without = author.tty === '' ? ', without a terminal' : '';
    const written = `file.written#${author.time}.${author.order}`;
    const summary = `${named(author.program, author.pid)} writes ${path}${without}`;
    story.step(written, author.time, 'file.written', summary, author.ref);
    story.link(written, opened, 'content', 'observed', 'same file, and nobody is seen to write to it between');
  }
  if (read.pid === rootPid && read.start === rootTime)
    story.link(root, opened, 'process-tree', 'observed', 'same shell');
  const why = isEnd
    ? 'the shell started it, and nobody types at a shell that ends'
    : 'the shell started it at once, before anybody could type';
  story.link(opened, id, 'process-tree', isEnd ? 'observed' : 'inferred', why);
  return true;
}
