import type { RuleTester } from 'oxlint/plugins-dev';

/** What the linter takes as a rule. */
export type Rule = Parameters<RuleTester['run']>[1];
