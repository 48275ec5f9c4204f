import { recogniseAliases } from '../../state/identity/aliases.ts';
import type { IdentityKind } from '../../state/identity/contract.ts';
import { recogniseGroup } from '../../state/identity/group.ts';
import { recogniseMainCf } from '../../state/identity/main-cf.ts';
import { recognisePasswd } from '../../state/identity/passwd.ts';
import { recogniseLdif, recognisePeopleCsv } from '../../state/identity/people.ts';

const SURE = 0.5;

/** What a file tells of who is who, by the beginning of its content; null for nothing. */
export function identityKind(sample: Buffer): IdentityKind | null {
  if (recognisePasswd(sample) > SURE) return 'passwd';
  if (recogniseGroup(sample) > SURE) return 'group';
  if (recogniseLdif(sample) > SURE) return 'directory';
  if (recogniseMainCf(sample) > SURE) return 'main-cf';
  if (recognisePeopleCsv(sample) > SURE) return 'people';
  // JSON: no aliases begin with it.
  if (sample[0] === 123 || sample[0] === 91) return null;
  return recogniseAliases(sample) > SURE ? 'aliases' : null;
}
