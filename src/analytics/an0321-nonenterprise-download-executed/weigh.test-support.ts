import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLASS } from '../../state/programs.ts';
import { type ContentFacts, contentFacts, weightsOf } from '../content-facts.test-support.ts';
import { Tunables } from '../tunables.ts';
import { weigh } from './weigh.ts';

export const RUN = '3 a download was run';
export const WROTE = '2 a browser or messenger wrote it';
export const OUT = '2 outbound network afterwards';
export const LATER = '2 left something that runs later';
export const SCRIPT = '1 a script, not an installed program';
export const PLACE = '-2 only the place tells that it was downloaded';
export const APPEARED = '1 file appeared where a browser or messenger saves';
export const ONLY_VIEWER = '-4 only the viewer started something';
export const MANAGER = '-3 installed by the package manager';
export const INSTALLED = '-3 only programs that were installed before connected';
export const ARCHIVE = '1 came out of an archive';
export const BUILT = '-3 sources were built, and nothing reached out';
export const WEB = '-2 its user ran it, and it only spoke to the web';
export const CURATED = '-4 taken in by version control, a compiler or a package manager';
export const TOOL = '1 code of the download is run by a build or package tool';
export const LEFT = '1 outbound network from this host afterwards';
export const LABEL = 'brought';

export interface Row {
  readonly says: string;
  readonly facts: ContentFacts;
  readonly severity: string | null;
  readonly factors: readonly string[];
  /** Whether the host tells of connections; true unless said. */
  readonly recorded?: boolean;
}

export const browser = { basis: 'place', classBits: CLASS.browser } as const;
export const appeared = { basis: 'appeared' } as const;
export const script = { how: 'interpreter-script' } as const;
export const disguise = 'padded';
export const DISGUISE = '2 disguised name';

/** A test of each. */
export function tellsOf(rows: readonly Row[]): void {
  for (const { says, facts, severity, factors, recorded = true } of rows)
    void test(`${says}: ${severity ?? 'nothing'}`, () => {
      const { found, told } = contentFacts(facts);
      assert.equal(weigh(found, told, new Tunables(new Map()), recorded), severity);
      assert.deepEqual(weightsOf(told), factors);
    });
}
