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

/** By what an attachment is taken for the file: the same content; name and size; the name, as nothing more is known; the name against what is known. */
export type MatchBasis = 'content' | 'name-and-size' | 'name' | 'name-only';

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
const RANK: Readonly<Record<MatchBasis, number>> = {
  content: 4,
  'name-and-size': 3,
  name: 2,
  'name-only': 1,
};

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
  let best: Omit<AttachmentMatch, 'alike'> | null = null;
  let alike = 0;
  const contents = new Map(files.filter(file => file.sha256 !== '').map(file => [file.sha256, file]));
  const names = new Map<string, FollowedFile>();
  // What is known of a file of that name comes before what is not.
  for (const file of files.toSorted((a, b) => a.sizeBytes - b.sizeBytes))
    names.set(baseName(file.path).toLowerCase(), file);
  for (const { message, delivery } of deliveries) {
    let own: Omit<AttachmentMatch, 'alike'> | null = null;
    for (const attachment of world.mail.attachmentsOf(message)) {
      const found = matchOf(attachment, contents, names);
      if (found !== null && (own === null || RANK[found.basis] > RANK[own.basis]))
        own = { message, delivery, attachment, path: found.file.path, basis: found.basis };
    }
    if (own === null) continue;
    if (best === null || RANK[own.basis] > RANK[best.basis]) {
      best = own;
      alike = 0;
    } else if (own.basis === best.basis && own.message !== best.message) alike += 1;
  }
  return best === null ? null : { ...best, alike };
}

function matchOf(
  attachment: MessageAttachment,
  contents: ReadonlyMap<string, FollowedFile>,
  names: ReadonlyMap<string, FollowedFile>,
): { readonly file: FollowedFile; readonly basis: MatchBasis } | null {
  const same = attachment.sha256 === '' ? undefined : contents.get(attachment.sha256);
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
