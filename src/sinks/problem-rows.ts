import type { InputProblem } from '../sources/problem.ts';
import { plural } from './layout.ts';
import type { Names } from './names.ts';
import { printable } from './printable.ts';

/** Up to this many files with the same notice each get a line of their own. */
const ALIKE_MAX = 8;
const NAMED = 4;

/**
 * One row a problem, in their order. What is lost is always named; a notice that many files share, such as the source
 * files beside some logs, becomes one row that counts them, where the first stands. `lead` begins a row.
 */
export function problemRows(
  problems: readonly InputProblem[],
  names: Names,
  lead: (problem: InputProblem) => string,
): string[] {
  const alike = Map.groupBy(
    problems.filter(each => each.level === 'notice'),
    each => `${each.code} ${each.message}`,
  );
  const rows: string[] = [];
  for (const problem of problems) {
    const group = alike.get(`${problem.code} ${problem.message}`) ?? [];
    const what = `${printable(problem.message)} [${printable(problem.code)}]`;
    if (problem.level !== 'notice' || group.length <= ALIKE_MAX)
      rows.push(`${lead(problem)}${printable(names.short(problem.source))}: ${what}`);
    else if (group[0] === problem) {
      const first = group.slice(0, NAMED).map(each => printable(names.short(each.source)));
      rows.push(
        `${lead(problem)}${plural(group.length, 'file')}: ${what}: ${first.join(', ')}, …; \`watchpost sources\` names all`,
      );
    }
  }
  return rows;
}
