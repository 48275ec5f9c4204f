import { BoundedMap } from '../../core/bounded-map.ts';
import { baseName } from '../../core/paths.ts';
import type { StoreWritten } from '../../state/notices.ts';
import { CLASS } from '../../state/programs.ts';

const HOSTS_MAX = 4096;
/** What a host is called where no log names it. */
const UNNAMED = 'localhost';

/** Full names of hosts as their own delivery agents write them into the names of messages: maildir(5), `time.unique.host`. */
export class OwnNames {
  #names = new BoundedMap<string, string>(HOSTS_MAX);

  /** The short name must be the host's: what a client or a copied message brings along is another host's. */
  written({ host, path, process }: Pick<StoreWritten, 'host' | 'path' | 'process'>): void {
    if (!process.trusted || (process.classBits & CLASS.delivery) === 0 || this.#names.peek(host) !== undefined) return;
    const full = MESSAGE.exec(baseName(path))?.[1]?.toLowerCase() ?? '';
    if (full !== '' && (host === UNNAMED || full.startsWith(`${host.toLowerCase()}.`))) this.#names.set(host, full);
  }

  /** Domains that are the estate's: those for which mail is delivered, and the one in which this host lies. */
  domainsOf(host: string, local: ReadonlySet<string>): ReadonlySet<string> {
    const domain = estateOf(this.#names.peek(host) ?? host.toLowerCase());
    return domain === '' || local.has(domain) ? local : new Set([...local, domain]);
  }

  snapshot(): unknown {
    return this.#names.snapshot();
  }

  restore(data: unknown): void {
    this.#names.restore(data as { evicted: number; entries: [string, string][] });
  }
}

const MESSAGE = /^\d{9,}\.[^.]+\.([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?:[,:]|$)/;

/**
 * Of `mx1.example.org` `example.org`; '' where that would be no domain of one estate: a name of two words, and a name that a
 * provider numbered (`vps-12345.example.net`, `ip-192-0-2-7.example.net`), whose neighbours are strangers'.
 */
function estateOf(name: string): string {
  const dot = name.indexOf('.');
  const domain = name.slice(dot + 1);
  if (dot <= 0 || !domain.includes('.') || /^[0-9.]+$/.test(name) || name.includes(':')) return '';
  return NUMBERED.test(name.slice(0, dot)) ? '' : domain;
}

const NUMBERED = /\d{3}|\d-\d/;
