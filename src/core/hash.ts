import { createHash } from 'node:crypto';

/** Hex SHA-256 of bytes or of UTF-8 text. */
export function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A stable id from ordered parts: `prefix` and 16 hex digits of a SHA-256 over the parts, length-delimited. */
export function contentId(prefix: string, parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part};`);
  return `${prefix}-${hash.digest('hex').slice(0, 16)}`;
}

/** FNV-1a over bytes `start` (inclusive) to `end` (exclusive): a fast 32-bit hash for ordering and interning, never for identity. */
export function fnv1a(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash >>> 0;
}

/** A SHA-256 over bytes that come in pieces. `digest` is called once. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  digest(): string;
}

export function startSha256(): RunningHash {
  const hash = createHash('sha256');
  return {
    update: bytes => void hash.update(bytes),
    digest: () => hash.digest('hex'),
  };
}
