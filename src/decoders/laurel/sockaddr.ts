import type { JsonObject } from '../json-lines/record.ts';
import { asNumber, textAt } from '../json-lines/values.ts';
import { bytesOf, hexOf } from './strings.ts';

/**
 * A `SADDR` object (translate.universal) as the bytes of the sockaddr that it was made of, in hex: families inet, inet6 and
 * local. '' for other families and for an address that is none. LAUREL leaves out the NUL before an abstract name, so
 * such a name cannot be told from a relative path: it comes back without its `@`.
 *
 * Source: LAUREL src/coalesce.rs (add_translated_socketaddr); ip(7), ipv6(7), unix(7).
 */
export function sockaddrOf(translated: JsonObject): string {
  const family: string = textAt(translated, 'saddr_fam');
  if (family === 'local') {
    const path = bytesOf(translated.path);
    return path === null ? '' : `0100${hexOf(path.subarray(0, 108))}00`;
  }
  const port = asNumber(translated.port, -1);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return '';
  const portHex = port.toString(16).padStart(4, '0').toUpperCase();
  const address: string = textAt(translated, 'addr');
  if (family === 'inet') {
    const bytes = ipv4Bytes(address);
    return bytes === null ? '' : `0200${portHex}${hexOf(bytes)}${'00'.repeat(8)}`;
  }
  if (family !== 'inet6') return '';
  const bytes = ipv6Bytes(address);
  return bytes === null ? '' : `0A00${portHex}00000000${hexOf(bytes)}00000000`;
}

function ipv4Bytes(text: string): Uint8Array | null {
  const parts = text.split('.', 5);
  if (parts.length !== 4 || !parts.every(part => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return Uint8Array.from(parts.map(Number));
}

/** As Rust's Ipv6Addr prints it: RFC 5952, an IPv4-mapped address with dots at its end. */
function ipv6Bytes(text: string): Uint8Array | null {
  if (text.length > 45) return null;
  const [head = '', tail, more] = text.split('::', 3);
  if (more !== undefined) return null;
  const before = wordsOf(head);
  const behind = tail === undefined ? [] : wordsOf(tail);
  if (before === null || behind === null) return null;
  const gap = 8 - before.length - behind.length;
  if (tail === undefined ? gap !== 0 : gap < 0) return null;
  const words = [...before, ...new Array<number>(gap).fill(0), ...behind];
  return Uint8Array.from(words.flatMap(word => [word >> 8, word & 0xff]));
}

function wordsOf(text: string): number[] | null {
  if (text === '') return [];
  const words: number[] = [];
  for (const part of text.split(':', 9)) {
    const four = part.includes('.') ? ipv4Bytes(part) : null;
    if (four !== null) {
      const [a = 0, b = 0, c = 0, d = 0] = four;
      words.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) words.push(Number.parseInt(part, 16));
    else return null;
  }
  return words;
}
