import { byWords } from '../core/by-words.ts';
import { isLoopback } from '../core/loopback.ts';

/** Long options whose value is the host to reach, as most programs that speak to one call them. */
const OPTION = /^--?(?:server|host|hostname|remote|remote-host|endpoint|peer|connect|url)(?:=(.*))?$/s;
const URL_HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[0-9a-f:]+\]|[^/?#:]+)/i;
const HOST = /^(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]+$/i;
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f]*:[0-9a-f:]+\]|[0-9a-f]{0,4}:[0-9a-f:]+)$/i;
const WORDS_MAX = 64;

/** Other hosts that a program is told to reach by options whose names say so: `--server HOST`, `--url=scheme://host/`. */
export const hostsByOption = byWords((argv): readonly string[] => {
  const found: string[] = [];
  for (const [i, word] of argv.slice(0, WORDS_MAX).entries()) {
    const option = i === 0 ? null : OPTION.exec(word);
    if (option === null) continue;
    const value = option[1] ?? argv[i + 1] ?? '';
    const host = URL_HOST.exec(value)?.[1] ?? withoutPort(value);
    if ((HOST.test(host) || ADDRESS.test(host)) && !isOwn(host) && !found.includes(host)) found.push(host);
  }
  return found;
});

/** `host:25`, `[2001:db8::25]:25`; the colons of a bare address are its own. */
const withoutPort = (value: string): string => value.replace(/^(\[[^\]]*\]|[^:]*):\d{1,5}$/, '$1');

const isOwn = (host: string): boolean =>
  isLoopback(host.replace(/^\[|\]$/g, '')) || host === 'localhost' || host.endsWith('.localhost');
