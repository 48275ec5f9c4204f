import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API } from 'typescript/unstable/sync';
import { ROOT } from '../../scripts/lib/tree.ts';
import { instrument, type Mutant } from './mutants.ts';

/** Every mutant of the files, and the files' text with the mutants built in, by file. */
export interface Field {
  readonly mutants: readonly Mutant[];
  readonly code: ReadonlyMap<string, string>;
}

/** Instruments the files, given from the root. Ids count through all of them, from 1. */
export function fieldOf(files: readonly string[]): Field {
  const api = new API({ cwd: ROOT });
  try {
    const [project] = api.updateSnapshot({ openProject: join(ROOT, 'tsconfig.json') }).getProjects();
    const mutants: Mutant[] = [];
    const code = new Map<string, string>();
    for (const file of files) {
      const source = project?.program.getSourceFile(join(ROOT, file));
      if (source === undefined) throw new Error(`${file} is not part of the project`);
      if (source.text !== readFileSync(join(ROOT, file), 'utf8')) throw new Error(`${file} changed while it was read`);
      const made = instrument(source, file, mutants.length + 1);
      mutants.push(...made.mutants);
      code.set(file, made.code);
    }
    return { mutants, code };
  } finally {
    api.close();
  }
}
