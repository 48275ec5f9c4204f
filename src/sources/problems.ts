import type { InputProblem } from './problem.ts';

/** Everything that can be wrong with an input. Codes are stable; each entry says: what is wrong, what was done, how to mend it. */
const PROBLEMS = {
  E_MISSING: ['unreadable', 'no such file or folder', 'it was left out', 'check the path'],
  E_NAME: [
    'unreadable',
    'its name is no UTF-8 and cannot be opened',
    'it was left out',
    'rename it, or pipe its content in and name it "-"',
  ],
  E_GLOB_EMPTY: [
    'unreadable',
    'the pattern matches nothing',
    'it was left out',
    'check the pattern and quote it only once',
  ],
  E_PERMISSION: ['unreadable', 'permission denied', 'it was left out', 'give this user read access, or copy the file'],
  E_READ: [
    'unreadable',
    'reading failed',
    'what came before stands',
    'check the disk, or copy the file and scan the copy',
  ],
  E_EMPTY: ['notice', 'holds no bytes', 'there was nothing to read', 'check that the logger still writes to it'],
  E_NOT_REGULAR: ['unreadable', 'is not a regular file', 'it was left out', 'pipe its content in and name it "-"'],
  E_SPECIAL_SKIPPED: ['notice', 'is not a regular file', 'it was left out', 'nothing to do unless it should be a log'],
  E_DIRECTORY_LOOP: ['notice', 'a link leads back to a folder above it', 'each folder was read once', 'nothing to do'],
  E_SAME_FILE: ['notice', 'is another name of a file already listed', 'its content was read once', 'nothing to do'],
  E_TOO_DEEP: [
    'unreadable',
    'folders are nested too deeply',
    'what lies below was left out',
    'name the inner folder itself',
  ],
  E_TOO_MANY_FILES: [
    'unreadable',
    'there are more files than limits.filesMax',
    'the rest was left out',
    'raise limits.filesMax, or scan in parts',
  ],
  E_VANISHED: [
    'unreadable',
    'was removed after it had been found',
    'what came before stands',
    'scan a copy of the folder',
  ],
  E_SHRANK: [
    'unreadable',
    'became shorter while it was read',
    'what came before stands',
    'scan a copy, or the rotated file',
  ],
  E_GREW: [
    'notice',
    'grew while it was read',
    'it was read up to the size it had at the start',
    'scan again for the rest',
  ],
  E_GZIP_TRUNCATED: [
    'unreadable',
    'the gzip data ends too early',
    'what came before stands',
    'fetch the file again, or find out why it was cut',
  ],
  E_GZIP_CORRUPT: [
    'unreadable',
    'the gzip data is damaged, or something else follows it',
    'what came before stands',
    'fetch the file again; gzip -t shows the damage',
  ],
  E_ZSTD_TRUNCATED: [
    'unreadable',
    'the zstd data ends too early',
    'what came before stands',
    'fetch the file again, or find out why it was cut',
  ],
  E_ZSTD_CORRUPT: [
    'unreadable',
    'the zstd data is damaged',
    'what came before stands',
    'fetch the file again; zstd -t shows the damage',
  ],
  E_XZ_TRUNCATED: [
    'unreadable',
    'the xz data ends too early',
    'what came before stands',
    'fetch the file again, or find out why it was cut',
  ],
  E_XZ_CORRUPT: [
    'unreadable',
    'the xz data is damaged',
    'what came before stands',
    'fetch the file again; xz -t shows the damage',
  ],
  E_XZ_UNSUPPORTED: [
    'unreadable',
    'the xz data needs a filter, check or memory that is not supported',
    'what came before stands',
    'unpack it with xz -d and scan the result',
  ],
  E_BZIP2_UNSUPPORTED: [
    'unreadable',
    'bzip2 is not supported',
    'it was left out',
    'unpack it with bunzip2, or pipe it in: bunzip2 -c FILE | watchpost scan -',
  ],
  E_BOMB: [
    'unreadable',
    'unpacks to far more than a log would',
    'what came before stands',
    'look at it by hand; limits.unpackRatioMax and limits.unpackedBytesMax set the bound',
  ],
  E_SPOOL: [
    'unreadable',
    'standard input could not be kept in a temporary file',
    'what came before stands',
    'make room in $TMPDIR, or save the input to a file',
  ],
  E_STDIN_TOO_LONG: [
    'unreadable',
    'standard input is longer than limits.stdinBytesMax',
    'what came before stands',
    'save it to a file, or raise the limit',
  ],
} as const satisfies Record<string, readonly ['unreadable' | 'notice', string, string, string]>;

export type InputProblemCode = keyof typeof PROBLEMS;

/** A problem of `source`. `detail` is constant text, a number or an error code, never content. */
export function inputProblem(code: InputProblemCode, source: string, detail = ''): InputProblem {
  const [level, wrong, done, mend] = PROBLEMS[code];
  const what = detail === '' ? wrong : `${wrong} (${detail})`;
  return { code, source, level, message: `${what}; ${done}; ${mend}` };
}

/** The problem behind a failed system call. */
export function systemProblem(error: unknown, source: string): InputProblem {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? 'unknown';
  if (code === 'ENOENT' || code === 'ENOTDIR') return inputProblem('E_MISSING', source);
  if (code === 'EACCES' || code === 'EPERM') return inputProblem('E_PERMISSION', source);
  return inputProblem('E_READ', source, code);
}
