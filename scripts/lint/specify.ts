import { describe, it } from 'node:test';
import { RuleTester } from 'oxlint/plugins-dev';
import type { Rule } from './rule.ts';

/** A rule's specification: text that passes, and text that fails with so many reports. */
export interface Specification {
  readonly passes: readonly string[];
  readonly fails: readonly (readonly [text: string, reports: number])[];
}

export function specify(name: string, rule: Rule, specification: Specification): void {
  RuleTester.describe = describe as unknown as typeof RuleTester.describe;
  RuleTester.it = it as unknown as typeof RuleTester.it;
  const tester = new RuleTester({ languageOptions: { sourceType: 'module', parserOptions: { lang: 'ts' } } });
  tester.run(name, rule, {
    valid: [...specification.passes],
    invalid: specification.fails.map(([code, errors]) => ({ code, errors })),
  });
}
