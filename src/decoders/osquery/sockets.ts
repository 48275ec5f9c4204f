import { EMIT, reject, skip } from '../../core/verdict.ts';
import type { NetworkConnected } from '../../events/host-events.ts';
import { addressOf } from '../address.ts';
import { actorOf } from '../json-lines/actor.ts';
import { PHASE } from '../json-lines/record.ts';
import { numberAt, textAt } from '../json-lines/values.ts';
import { idsOf } from './processes.ts';
import { columnNumber, type Row, type RowDecoder } from './row.ts';

/**
 * socket_events (audit) and bpf_socket_events: connect, bind, listen, accept. The first has no uid and no parent.
 * Source: osquery tables/events/linux/socket_events.cpp, wiki deployment/process-auditing. Emits: network.connected,
 * network.listened. Skips: accept (nobody here reached out), sockets of no address.
 */
export const socketRow: RowDecoder = (row, emit) => {
  const { columns, time, host, meta } = row;
  const call: string = textAt(columns, row.table === 'bpf_socket_events' ? 'syscall' : 'action');
  if (call === 'accept') return ACCEPTED;
  if (call !== 'connect' && call !== 'bind' && call !== 'listen') return OTHER;
  const side = call === 'connect' ? 'remote' : 'local';
  const actor = actorOf({ ...idsOf(row), exe: textAt(columns, 'path') });
  const socket = textAt(columns, 'socket');
  const at = addressOf(textAt(columns, `${side}_address`));
  const port = columnNumber(columns, `${side}_port`);
  const isUnix = columnNumber(columns, 'family') === 1 || (at === null && socket !== '');
  if (at === null && !isUnix) return NO_ADDRESS;
  const where = isUnix
    ? { family: 'unix' as const, address: socket, port: 0 }
    : { family: at?.family ?? 'ipv4', address: at?.address ?? '', port };
  const base = { time, order: row.order(PHASE.connected), host, ref: meta.ref, actor, ...where };
  if (port < 0 && !isUnix) return NO_PORT;
  if (call !== 'connect') {
    emit({ kind: 'network.listened', ...base });
    return EMIT;
  }
  emit({ kind: 'network.connected', ...base, outcome: outcomeOf(row) });
  return EMIT;
};

const ACCEPTED = skip('osquery accepted connection');
const OTHER = skip('osquery socket event of another kind');
const NO_ADDRESS = skip('osquery socket without an address');
const NO_PORT = reject('osquery connection without a readable port');

/** -EINPROGRESS */
const IN_PROGRESS = -115;

function outcomeOf(row: Row): NetworkConnected['outcome'] {
  const { columns } = row;
  const status: string = textAt(columns, 'status');
  if (status === 'failed') return 'failed';
  if (status === 'in_progress') return 'in-progress';
  if (status === '' && 'exit_code' in columns) {
    const code = numberAt(columns, 0, 'exit_code');
    return code === IN_PROGRESS ? 'in-progress' : code < 0 ? 'failed' : 'established';
  }
  return status === '' && textAt(columns, 'success') === '0' ? 'failed' : 'established';
}
