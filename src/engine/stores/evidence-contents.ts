import { createHash } from 'node:crypto';
import { baseName } from '../../core/paths.ts';
import { untrusted } from '../../core/untrusted.ts';
import type { EvidenceFile } from '../../sources/contract.ts';
import { BLOCK_BYTES } from '../../sources/open-blocks.ts';
import { PlainReader } from '../../sources/plain-reader.ts';
import type { FileContent } from '../../state/file-content.ts';
import type { Plan } from '../plan.ts';
import { contentKey } from '../world.ts';
import type { AttachmentMarks } from './scan-stores.ts';

const FILE_BYTES_MAX = 256 * 1024 * 1024;
const ALL_BYTES_MAX = 4 * 1024 ** 3;

/** Folders of a host below which people and programs put files; the innermost of them in a name begins the path on the host. */
const TOPS = ['/home/', '/root/', '/tmp/', '/var/', '/opt/', '/srv/', '/usr/', '/run/', '/dev/shm/'];

/**
 * What files of the evidence hold that are no logs: those whose length is that of an attachment in its mail stores are hashed,
 * so that the file that was run and the attachment are compared by content. By host and path.
 */
export async function evidenceContents(
  plan: Plan,
  attachments: AttachmentMarks,
): Promise<ReadonlyMap<string, FileContent>> {
  const found = new Map<string, FileContent>();
  let bytesLeft = ALL_BYTES_MAX;
  for (const { file, format } of plan.others) {
    const { sizeBytes } = file;
    if (format !== '' || sizeBytes === 0) continue;
    const path = pathOnHost(file.name);
    if (path === '') continue;
    const key = contentKey(plan.hostOf(file.name), path);
    if (!attachments.sizes.has(sizeBytes)) {
      // Of an attachment's name and of another length: it is told apart by that.
      if (attachments.names.has(baseName(path).toLowerCase())) found.set(key, { sha256: '', sizeBytes });
      continue;
    }
    if (sizeBytes > FILE_BYTES_MAX || sizeBytes > bytesLeft) continue;
    bytesLeft -= sizeBytes;
    const sha256 = await hashOf(file);
    if (sha256 !== '') found.set(key, { sha256, sizeBytes });
  }
  return found;
}

function pathOnHost(name: string): string {
  const rooted = name.startsWith('/') ? name : `/${name}`;
  const at = Math.max(...TOPS.map(top => rooted.lastIndexOf(top)));
  return at < 0 ? '' : untrusted(rooted.slice(at));
}

async function hashOf(file: EvidenceFile): Promise<string> {
  const hash = createHash('sha256');
  // As it lies there: a packed attachment is the attachment.
  const reader = new PlainReader(file, BLOCK_BYTES, 0);
  try {
    for (let block = await reader.read(); block !== null; block = await reader.read()) hash.update(block);
    return reader.problem === null ? hash.digest('hex') : '';
  } finally {
    reader.close();
  }
}
