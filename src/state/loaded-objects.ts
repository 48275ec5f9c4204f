import { isWithin } from '../core/paths.ts';
import type { EpochMs } from '../core/time.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, programKey } from './programs.ts';
import { argumentPaths } from './tool-words.ts';

const OBJECT = /\.so(?:\.[0-9.]+)?$/;
/** ld.so(8) loads what it is told to before the program begins. */
const LOAD_MS = 1000;
const HANDLES_FILES =
  CLASS.archiver |
  CLASS.transfer |
  CLASS.viewer |
  CLASS.desktop |
  CLASS.backup |
  CLASS.filter |
  CLASS.compiler |
  CLASS.build |
  CLASS.packageManager |
  CLASS.storeTool |
  CLASS.versionControl;
/** They handle no files but those that their words name: what else they open is theirs to load, an engine or a module of settings. */
const NAMED_ONLY = new Set(
  'openssl curl wget ssh nc ncat netcat nc.openbsd nc.traditional socat telnet gzip bzip2 xz zstd lz4 base64 base32 basenc xxd uuencode'.split(
    ' ',
  ),
);
/** Programs that look into files which their words do not name: those of a folder, of a list. */
const LOOKS_AROUND = new Set(
  'grep egrep fgrep zgrep rg ag ack file find xargs cp mv install ldconfig sha1sum sha224sum sha256sum sha384sum sha512sum md5sum b2sum cksum sum du updatedb'.split(
    ' ',
  ),
);

/**
 * A program has just begun, and a shared object is opened that none of its words names or contains: the loader takes it in
 * (LD_PRELOAD), or an interpreter imports it. No record tells what is mapped to be run, so this is inferred.
 */
export function isLoadedObject(process: ProcessState, path: string, now: EpochMs): boolean {
  if (!OBJECT.test(path) || !process.execSeen || now - process.execTime > LOAD_MS) return false;
  const program = programKey(process.exe);
  if (((process.classBits & HANDLES_FILES) !== 0 && !NAMED_ONLY.has(program)) || LOOKS_AROUND.has(program))
    return false;
  return !argumentPaths(process).some(each => isWithin(path, each));
}

/** Objects that env(1) is told to have loaded into what it starts: `LD_PRELOAD=./x.so`, separated by blanks or colons (ld.so(8)). */
export function preloadedBy(argv: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const word of argv.slice(1)) {
    if (!word.startsWith('LD_PRELOAD=') && !word.startsWith('LD_AUDIT=')) continue;
    found.push(
      ...word
        .slice(word.indexOf('=') + 1)
        .split(/[ :]/)
        .filter(each => each.includes('/')),
    );
  }
  return found;
}
