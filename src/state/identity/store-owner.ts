import type { StoreOwnerBasis } from '../../events/mail-events.ts';
import type { MailIdentity } from '../mail/contract.ts';

export interface StoreOwner {
  /** Account, or `local@domain` of a virtual mailbox; '' when nothing tells. */
  readonly owner: string;
  readonly from: StoreOwnerBasis;
}

const NOBODY: StoreOwner = { owner: '', from: '' };

/**
 * Whose mail lies in a store: the account in whose home it lies, the name that a spool or a virtual mail tree gives it, the
 * address that delivery software wrote above the message, the file's owner. `name` is the store's name in the evidence,
 * which may begin with folders of the one who collected it; `fileUid` is -1 when the evidence does not keep owners.
 */
export function ownerOfStore(name: string, deliveredTo: string, fileUid: number, identity: MailIdentity): StoreOwner {
  const path = hostPath(name);
  if (path !== '') {
    const virtual = virtualOwner(path);
    if (virtual !== '') return { owner: virtual, from: 'path' };
    const home = identity.homeOwner(path);
    if (home !== '' && identity.uidOf(home) >= 0) return { owner: home, from: 'passwd' };
    const spool = spoolOwner(path);
    if (spool !== '') return { owner: spool, from: identity.uidOf(spool) >= 0 ? 'passwd' : 'path' };
    if (home !== '') return { owner: home, from: 'path' };
  }
  if (deliveredTo !== '') return { owner: deliveredTo.toLowerCase(), from: 'header' };
  const user = fileUid > 0 ? identity.userName(fileUid) : '';
  return user === '' ? NOBODY : { owner: user, from: 'file-owner' };
}

const TOPS = [
  '/home/',
  '/root/',
  '/var/mail/',
  '/var/spool/mail/',
  '/var/vmail/',
  '/var/spool/virtual/',
  '/srv/mail/',
  '/srv/vmail/',
];

/** The path as it was on the host: from the innermost folder on that the hierarchy standard knows. '' when there is none. */
export function hostPath(name: string): string {
  const path = name.startsWith('/') ? name : `/${name}`;
  let best = -1;
  for (const top of TOPS) best = Math.max(best, `${path}/`.lastIndexOf(top));
  return best < 0 ? '' : path.slice(best);
}

const SPOOLS = ['/var/mail/', '/var/spool/mail/', '/var/spool/virtual/', '/srv/mail/'];
const VIRTUAL = [...SPOOLS, '/var/vmail/', '/srv/vmail/', '/home/vmail/'];

function spoolOwner(path: string): string {
  const spool = SPOOLS.find(each => path.startsWith(each));
  if (spool === undefined) return '';
  const first = path.slice(spool.length).split('/')[0] ?? '';
  return first.toLowerCase();
}

/** `…/example.org/clerk/…`: a folder named like a domain, and one in it. */
function virtualOwner(path: string): string {
  const tree = VIRTUAL.find(each => path.startsWith(each));
  if (tree === undefined) return '';
  const parts = path.slice(tree.length).split('/').slice(0, 4);
  for (let i = 0; i + 1 < parts.length; i++) {
    const domain = parts[i] as string;
    if (/^(?:[a-z0-9-]+\.)+[a-z]{2,63}$/i.test(domain) && parts[i + 1] !== '')
      return `${parts[i + 1]}@${domain}`.toLowerCase();
  }
  return '';
}
