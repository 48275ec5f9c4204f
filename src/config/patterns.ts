import { destinationsOf, type Scope } from './config.ts';

const NAMES = ['host', 'user', 'executable', 'path', 'destination', 'mailbox', 'sender'] as const;
type Name = (typeof NAMES)[number];

/** What a scope accepts where somebody may have meant a pattern. */
const INSTEAD: Readonly<Record<Name, string>> = {
  host: 'one host name, or no host at all: that is every host',
  user: 'one user name, or no user at all: that is every user',
  executable: 'the whole path of one program; give each program an entry of its own',
  path: 'a file or a folder: a folder covers all that lies below it',
  destination:
    'an address, a recipient or a domain, or a list of them: example.org covers all hosts and people below it',
  mailbox: 'one whole mailbox; give each mailbox an entry of its own',
  sender: 'one whole address; give each sender an entry of its own',
};

/** Parts of a scope with a `*` in them. Everything is compared whole, so that such an entry fits nothing. */
export const patternsIn = (scope: Scope): Name[] =>
  NAMES.filter(name =>
    (name === 'destination' ? destinationsOf(scope) : [scope[name] ?? '']).some(value => value.includes('*')),
  );

/** Why it fits nothing, and what would. */
export const patternMessage = (name: Name, scope: Scope): string =>
  `has a pattern in its ${name} (${JSON.stringify(scope[name])}) and fits nothing: a \`*\` is a sign like any other here; expected ${INSTEAD[name]}`;
