import { type Untrusted, untrusted } from '../core/untrusted.ts';
import { ipv6Text } from './audit/sockaddr.ts';

export interface AddressText {
  readonly family: 'ipv4' | 'ipv6';
  /** Dotted, or RFC 5952; an IPv4-mapped IPv6 address is the IPv4 address that it is. */
  readonly address: Untrusted;
}

/** An IP address as sensors write it, in whatever of the usual forms; null for anything else. */
export function addressOf(text: string): AddressText | null {
  if (text.length < 2 || text.length > 64) return null;
  if (!text.includes(':')) return isDotted(text) ? { family: 'ipv4', address: untrusted(text) } : null;
  const zone = text.indexOf('%');
  const bytes = bytesOfIpv6(zone < 0 ? text : text.slice(0, zone));
  if (bytes === null) return null;
  const written = ipv6Text(bytes);
  return { family: written.includes(':') ? 'ipv6' : 'ipv4', address: untrusted(written) };
}

function isDotted(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every(part => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function bytesOfIpv6(text: string): Uint8Array | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = wordsOf(halves[0] as string);
  const tail = halves.length === 2 ? wordsOf(halves[1] as string) : [];
  if (head === null || tail === null) return null;
  const gap = 8 - head.length - tail.length;
  if (halves.length === 2 ? gap < 0 : gap !== 0) return null;
  const words = [...head, ...new Array<number>(gap).fill(0), ...tail];
  return Uint8Array.from(words.flatMap(word => [word >> 8, word & 255]));
}

function wordsOf(text: string): number[] | null {
  if (text === '') return [];
  const words: number[] = [];
  for (const part of text.split(':')) {
    if (isDotted(part)) {
      const [a, b, c, d] = part.split('.').map(Number) as [number, number, number, number];
      words.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) words.push(Number.parseInt(part, 16));
    else return null;
  }
  return words;
}
