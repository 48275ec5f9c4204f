import { resolvePath } from '../../core/paths.ts';
import { type Untrusted, untrusted } from '../../core/untrusted.ts';
import { type Actor, type FileId, TTY_UNKNOWN } from '../../events/host-events.ts';
import { hexOf } from '../zeek/files.ts';

/** An actor of whom the record says only what is given here: the rest is unknown, not absent. */
export function actorOf(known: Partial<Actor>): Actor {
  return {
    pid: known.pid ?? -1,
    ppid: known.ppid ?? -1,
    uid: known.uid ?? -1,
    euid: known.euid ?? known.uid ?? -1,
    auid: known.auid ?? -1,
    ses: known.ses ?? -1,
    tty: known.tty ?? TTY_UNKNOWN,
    comm: known.comm ?? untrusted(''),
    exe: known.exe ?? untrusted(''),
  };
}

/** A file of which the record gives the name, absolute or relative to `cwd`, and perhaps mode and owner. No inode. */
export function fileOf(path: string, cwd = '', mode = -1, ownerUid = -1): FileId {
  return { path: untrusted(resolvePath(path, cwd)), node: -1, mode, ownerUid };
}

/** The file with the hash of its content, where `sha256` is one; `sizeBytes` is -1 when not said. */
export function withContent(file: FileId, sha256: string, sizeBytes = -1): FileId {
  const hash = hexOf(sha256);
  return hash === '' ? file : { ...file, content: { sha256: hash, sizeBytes } };
}

/** The last part of a path, as the kernel cuts a command's name: 15 bytes, here characters. */
export function commOf(exe: string): Untrusted {
  return untrusted(exe.slice(exe.lastIndexOf('/') + 1).slice(0, 15));
}
