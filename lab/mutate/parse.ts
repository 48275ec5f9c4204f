import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from 'typescript/unstable/ast';
import { API } from 'typescript/unstable/sync';
import { ROOT } from '../../scripts/lib/tree.ts';
import { type Constants, constantsOf } from './constants.ts';
import { instrument, type Mutant } from './mutants.ts';

/** Every mutant of the files, and the files' text with the mutants built in, by file. */
export interface Field {
  readonly mutants: readonly Mutant[];
  readonly code: ReadonlyMap<string, string>;
  readonly constants: Constants;
}

/** Instruments the files, given from the root. Ids count through all of them, from 1. */
export function fieldOf(files: readonly string[]): Field {
  const api = new API({ cwd: ROOT });
  try {
    const [project] = api.updateSnapshot({ openProject: join(ROOT, 'tsconfig.json') }).getProjects();
    const sources = new Map<string, SourceFile>();
    for (const file of files) {
      const source = project?.program.getSourceFile(join(ROOT, file));
      if (source === undefined) throw new Error(`${file} is not part of the project`);
      if (source.text !== readFileSync(join(ROOT, file), 'utf8')) throw new Error(`${file} changed while it was read`);
      sources.set(file, source);
    }
    const constants = constantsOf(sources);
    const mutants: Mutant[] = [];
    const code = new Map<string, string>();
    for (const [file, source] of sources) {
      const made = instrument(source, file, mutants.length + 1, constants);
      mutants.push(...made.mutants);
      code.set(file, made.code);
    }
    return { mutants, code, constants };
  } finally {
    api.close();
  }
}
