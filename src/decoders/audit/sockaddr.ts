import { hexDigit, textOf } from './bytes.ts';

export interface SocketAddress {
  readonly family: 'ipv4' | 'ipv6' | 'unix';
  readonly address: string;
  readonly port: number;
}

/**
 * A struct sockaddr as SOCKADDR prints it (hex). The family is in the machine's own byte order, so both orders are read;
 * port and address are in network order (ip(7), ipv6(7), unix(7)). Null for other families and malformed text.
 */
export function parseSockaddr(saddr: string): SocketAddress | null {
  const held = parsed.get(saddr);
  if (held !== undefined) return held;
  const address = read(saddr);
  if (saddr.length > CACHED_TEXT_MAX) return address;
  if (parsed.size >= CACHE_MAX) parsed.clear();
  parsed.set(saddr, address);
  return address;
}

/** Pure: the cache only saves work. A host talks to few addresses. */
const parsed = new Map<string, SocketAddress | null>();
const CACHE_MAX = 4096;
const CACHED_TEXT_MAX = 64;

function read(saddr: string): SocketAddress | null {
  const bytes = new Uint8Array(saddr.length >> 1);
  for (let i = 0; i < bytes.length; i++) {
    const hi = hexDigit(saddr.charCodeAt(2 * i));
    const lo = hexDigit(saddr.charCodeAt(2 * i + 1));
    if (hi < 0 || lo < 0) return null;
    bytes[i] = hi * 16 + lo;
  }
  if (bytes.length < 2) return null;
  const family = bytes[0] === 0 ? (bytes[1] as number) : bytes[1] === 0 ? (bytes[0] as number) : -1;
  const port = bytes.length >= 4 ? (bytes[2] as number) * 256 + (bytes[3] as number) : 0;
  if (family === 2 && bytes.length >= 8) {
    return { family: 'ipv4', address: `${bytes[4]}.${bytes[5]}.${bytes[6]}.${bytes[7]}`, port };
  }
  if (family === 10 && bytes.length >= 24) {
    const address = ipv6Text(bytes.subarray(8, 24));
    return { family: address.includes(':') ? 'ipv6' : 'ipv4', address, port };
  }
  if (family === 1) return { family: 'unix', address: unixPath(bytes.subarray(2)), port: 0 };
  return null;
}

function unixPath(bytes: Uint8Array): string {
  if (bytes.length === 0) return '';
  if (bytes[0] === 0) {
    const end = bytes.indexOf(0, 1);
    return `@${textOf(bytes.subarray(1, end < 0 ? bytes.length : end))}`;
  }
  const end = bytes.indexOf(0);
  return textOf(bytes.subarray(0, end < 0 ? bytes.length : end));
}

/** RFC 5952 text; an IPv4-mapped address is written as the IPv4 address it is. */
export function ipv6Text(bytes: Uint8Array): string {
  const words: number[] = [];
  for (let i = 0; i < 16; i += 2) words.push((bytes[i] as number) * 256 + (bytes[i + 1] as number));
  if (words.slice(0, 5).every(word => word === 0) && words[5] === 0xffff) {
    return `${bytes[12]}.${bytes[13]}.${bytes[14]}.${bytes[15]}`;
  }
  let bestStart = -1;
  let bestLength = 1;
  for (let i = 0; i < 8; i++) {
    let j = i;
    while (j < 8 && words[j] === 0) j++;
    if (j - i > bestLength) {
      bestStart = i;
      bestLength = j - i;
    }
    if (j > i) i = j;
  }
  const hex = words.map(word => word.toString(16));
  if (bestStart < 0) return hex.join(':');
  return `${hex.slice(0, bestStart).join(':')}::${hex.slice(bestStart + bestLength).join(':')}`;
}
