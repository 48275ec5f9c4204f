import { BoundedMap } from '../../core/bounded-map.ts';
import type { MailboxLogin, MailConnected } from '../../events/mail-events.ts';

/** Who is at the other end of a session. `local`: a program of this host. */
export interface SessionClient {
  readonly name: string;
  readonly address: string;
  readonly local: boolean;
  readonly saslUser: string;
}

const SESSIONS_MAX = 20_000;
const NOBODY: SessionClient = { name: '', address: '', local: false, saslUser: '' };

/** Clients by host and session, for MTAs whose later lines name the session alone. At most 20 000; the longest silent go. */
export class Sessions {
  readonly #clients = new BoundedMap<string, SessionClient>(SESSIONS_MAX);

  connected(event: MailConnected): void {
    if (event.sessionId === undefined) return;
    const local = event.clientAddress === '' && event.clientName === 'local';
    this.#clients.set(keyOf(event.host, event.sessionId), {
      name: event.clientName,
      address: event.clientAddress,
      local,
      saslUser: '',
    });
  }

  /** A login of the submission service of an MTA: its session is the client's. */
  loggedIn(event: MailboxLogin): void {
    if (event.session === '' || event.protocol !== 'submission' || event.outcome !== 'accepted') return;
    const key = keyOf(event.host, event.session);
    const known = this.#clients.peek(key) ?? NOBODY;
    this.#clients.set(key, { ...known, address: known.address || event.clientAddress, saslUser: event.user });
  }

  of(host: string, session: string | undefined): SessionClient | undefined {
    return session === undefined ? undefined : this.#clients.touch(keyOf(host, session));
  }

  get evicted(): number {
    return this.#clients.evicted;
  }

  snapshot(): ReturnType<BoundedMap<string, SessionClient>['snapshot']> {
    return this.#clients.snapshot();
  }

  restore(from: ReturnType<BoundedMap<string, SessionClient>['snapshot']>): void {
    this.#clients.restore(from);
  }
}

const keyOf = (host: string, session: string): string => `${host}\u0000${session}`;
