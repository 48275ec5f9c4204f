import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';
import { makeFolder } from '../make-folder.ts';
import { Baseline } from './baseline.ts';

/** Why a baseline file could not be read or written. */
export class BaselineFileError extends Error {
  readonly code: 'E_BASELINE_MISSING' | 'E_BASELINE_UNREADABLE' | 'E_BASELINE_DAMAGED' | 'E_BASELINE_WRITE';
  constructor(code: BaselineFileError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** First bytes: name and version of the form, then 32 bytes of SHA-256 over what follows. */
const MAGIC = Buffer.from('watchpost.baseline/1\n', 'latin1');
const HASH_BYTES = 32;
/** More unpacked bytes than a million mailboxes need are no baseline of ours. */
const UNPACKED_MAX = 512 * 1024 * 1024;

/** Throws BaselineFileError. */
export function readBaseline(path: string): Baseline {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new BaselineFileError(
        'E_BASELINE_MISSING',
        'does not exist; expected a baseline; `watchpost baseline learn` makes one',
      );
    throw new BaselineFileError(
      'E_BASELINE_UNREADABLE',
      `cannot be read (${code}); expected a readable file; check its permissions`,
    );
  }
  const body = bytes.subarray(MAGIC.length + HASH_BYTES);
  const isWhole =
    bytes.subarray(0, MAGIC.length).equals(MAGIC) &&
    createHash('sha256')
      .update(body)
      .digest()
      .equals(bytes.subarray(MAGIC.length, MAGIC.length + HASH_BYTES));
  if (!isWhole)
    throw new BaselineFileError(
      'E_BASELINE_DAMAGED',
      'is no whole baseline; expected a file that `watchpost baseline learn` wrote; restore or reset it',
    );
  const baseline = new Baseline();
  try {
    baseline.restore(deserialize(gunzipSync(body, { maxOutputLength: UNPACKED_MAX })));
  } catch {
    throw new BaselineFileError(
      'E_BASELINE_DAMAGED',
      'cannot be unpacked; expected a file that `watchpost baseline learn` wrote; restore or reset it',
    );
  }
  return baseline;
}

/** Written beside and renamed: the file is the old one or the new one, never half. Mode 0600. Throws BaselineFileError. */
export function writeBaseline(path: string, baseline: Baseline): void {
  const body = gzipSync(serialize(baseline.snapshot()), { level: 6 });
  const beside = `${path}.tmp`;
  try {
    makeFolder(dirname(resolve(path)));
    rmSync(beside, { force: true });
    const file = openSync(beside, 'wx', 0o600);
    try {
      for (const part of [MAGIC, createHash('sha256').update(body).digest(), body]) {
        let at = 0;
        while (at < part.length) at += writeSync(file, part, at);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    throw new BaselineFileError(
      'E_BASELINE_WRITE',
      `cannot be written (${(error as NodeJS.ErrnoException).code}); nothing was changed; check the folder and the space left`,
    );
  }
}
