import { baseName } from '../core/paths.ts';
import type { Delivery, Message, MessageAttachment } from '../state/mail/contract.ts';
import { type Taint, taintSteps } from '../state/taint.ts';
import type { World } from '../state/world.ts';

/** A file that followed content, by what is known of it. */
export interface FollowedFile {
  readonly path: string;
  /** Hex, '' when unknown. */
  readonly sha256: string;
  /** -1 when unknown. */
  readonly sizeBytes: number;
}

/** By what an attachment is taken for the file, the surest last: the name against what is known; the name, as nothing more is known; name and size; the same content. */
const BASES = ['name-only', 'name', 'name-and-size', 'content'] as const;
export type MatchBasis = (typeof BASES)[number];

export interface AttachmentMatch {
  readonly message: Message;
  readonly delivery: Delivery;
  readonly attachment: MessageAttachment;
  readonly path: string;
  readonly basis: MatchBasis;
  /** Other messages of which the same can be said. */
  readonly alike: number;
}

const FILES_MAX = 32;

const isSurer = (a: { readonly basis: MatchBasis }, b: { readonly basis: MatchBasis }): boolean =>
  BASES.indexOf(a.basis) > BASES.indexOf(b.basis);

/** The files that content lay in on its way, as the telemetry names them, and what is known of each. */
export function followedFiles(world: World, taints: readonly Taint[], run: string): FollowedFile[] {
  const found = new Map<string, FollowedFile>();
  const add = (host: string, path: string): void => {
    if (!path.startsWith('/') || found.has(path) || found.size >= FILES_MAX) return;
    const known = world.contentOf(host, path);
    found.set(path, { path, sha256: known?.sha256 ?? '', sizeBytes: known?.sizeBytes ?? -1 });
  };
  for (const taint of taints) {
    const { host, storePath } = taint.origin;
    add(host, run);
    // A message in a store is no attachment.
    for (const { object } of taintSteps(taint))
      for (const path of object.split(' to ')) if (path !== storePath) add(host, path);
  }
  return [...found.values()];
}

/** The newest of the messages whose attachment is most surely one of the files; null when none is. */
export function matchAttachment(
  world: World,
  deliveries: readonly { readonly message: Message; readonly delivery: Delivery }[],
  files: readonly FollowedFile[],
): AttachmentMatch | null {
  let best: AttachmentMatch | null = null;
  const contents = new Map(files.filter(file => file.sha256 !== '').map(file => [file.sha256, file]));
  const names = new Map<string, FollowedFile>();
  // What is known of a file of that name comes before what is not.
  for (const file of files.toSorted((a, b) => a.sizeBytes - b.sizeBytes))
    names.set(baseName(file.path).toLowerCase(), file);
  for (const { message, delivery } of deliveries) {
    let own: AttachmentMatch | null = null;
    for (const attachment of world.mail.attachmentsOf(message)) {
      const found = matchOf(attachment, contents, names);
      if (found !== null && (own === null || isSurer(found, own)))
        own = { message, delivery, attachment, path: found.file.path, basis: found.basis, alike: 0 };
    }
    if (own !== null) best = best === null ? own : surerOf(best, own);
  }
  return best;
}

/** Of two the surer one; of equals the newer, which counts the other when that is another message. */
function surerOf(newer: AttachmentMatch, older: AttachmentMatch): AttachmentMatch {
  if (isSurer(older, newer)) return older;
  const isAlike = older.basis === newer.basis && older.message !== newer.message;
  return isAlike ? { ...newer, alike: newer.alike + 1 } : newer;
}

function matchOf(
  attachment: MessageAttachment,
  contents: ReadonlyMap<string, FollowedFile>,
  names: ReadonlyMap<string, FollowedFile>,
): { readonly file: FollowedFile; readonly basis: MatchBasis } | null {
  const same = contents.get(attachment.sha256);
  if (same !== undefined) return { file: same, basis: 'content' };
  const file = names.get(nameOf(attachment.name));
  if (file === undefined) return null;
  // A namesake, or changed since: nobody can tell.
  if (file.sha256 !== '' && attachment.sha256 !== '') return { file, basis: 'name-only' };
  if (file.sizeBytes < 0 || attachment.sizeBytes < 0) return { file, basis: 'name' };
  return { file, basis: file.sizeBytes === attachment.sizeBytes ? 'name-and-size' : 'name-only' };
}

/** As it lands on a disk: without the archive around it and the folders in it. */
function nameOf(name: string): string {
  return baseName(name.slice(name.lastIndexOf('!') + 1)).toLowerCase();
}
