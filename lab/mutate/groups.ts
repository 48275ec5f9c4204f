import { filesUnder, foldersIn } from '../../scripts/lib/tree.ts';
import { ANALYTIC_IDS, type AnalyticId } from '../../src/events/vocabulary.ts';

/** Files whose conditions are broken together, and whose tests are to notice. */
export interface Group {
  /** An analytic, or `shared` for what several have in common. */
  readonly id: AnalyticId | 'shared';
  /** From the root. */
  readonly files: readonly string[];
  /** Test files beside them, and those beside the folders, which tell of several analytics. */
  readonly tests: readonly string[];
  /** Folders of `src/analytics` whose recordings are replayed. */
  readonly folders: readonly string[];
}

const isLogic = (file: string): boolean =>
  file.endsWith('.ts') && !/\.(?:test|test-support)\.ts$/.test(file) && !file.includes('/cases/');

export function groups(): Group[] {
  const folders = foldersIn('src/analytics');
  const tellOfSeveral = filesUnder('src/analytics').filter(
    file => file.split('/').length === 3 && file.endsWith('.test.ts'),
  );
  const own = ANALYTIC_IDS.map((id): Group => {
    const folder = folders.find(each => each.startsWith(`${id.toLowerCase()}-`));
    if (folder === undefined) throw new Error(`no folder of ${id}`);
    const files = filesUnder(`src/analytics/${folder}`);
    const tests = files.filter(file => file.endsWith('.test.ts') && !file.includes('/cases/'));
    return { id, files: files.filter(isLogic), tests: [...tests, ...tellOfSeveral], folders: [folder] };
  });
  const shared = filesUnder('src/analytics').filter(
    file => file.split('/').length === 3 && isLogic(file) && !/\/(?:contract|registry)\.ts$/.test(file),
  );
  const all: Group = {
    id: 'shared',
    files: shared,
    tests: [...new Set(own.flatMap(group => [...tellOfSeveral, ...group.tests]))],
    folders: own.flatMap(group => group.folders),
  };
  return [...own, all];
}
