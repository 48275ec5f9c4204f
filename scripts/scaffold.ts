import { optionsOf } from './lib/options.ts';
import { ScaffoldError, scaffoldAnalytic, scaffoldDecoder } from './lib/scaffold.ts';
import { ROOT } from './lib/tree.ts';

/** `npm run scaffold decoder NAME`, `npm run scaffold analytic ANnnnn-some-words`: a working, tested, registered unit. */
const { positionals } = optionsOf({
  name: 'npm run scaffold --',
  says: 'Makes a working, tested, registered unit; an analytic is named like ANnnnn-some-words.',
  takes: 'decoder|analytic NAME',
  options: {},
});
/** What is made from all analytics and their cases. */
const AFTERWARDS = 'npm run schema && npm run lab:told && npm run lab:score -- --write && npm run pages';
const [kind, name] = positionals;
const makers: Record<string, typeof scaffoldDecoder> = { decoder: scaffoldDecoder, analytic: scaffoldAnalytic };
const make = kind === undefined ? undefined : makers[kind];
if (!make || name === undefined) {
  console.error('usage: npm run scaffold decoder NAME\n       npm run scaffold analytic ANnnnn-some-words');
  process.exit(3);
}
try {
  const { files, registries } = make(ROOT, name);
  console.log(`made\n${files.map(file => `  ${file}`).join('\n')}`);
  console.log(`one line added to\n${registries.map(file => `  ${file}`).join('\n')}`);
  console.log(`now\n  npm test -- ${name.toLowerCase()} contracts`);
  if (kind === 'analytic') console.log(`and once its cases tell what they should\n  ${AFTERWARDS}`);
} catch (error) {
  if (!(error instanceof ScaffoldError)) throw error;
  console.error(error.message);
  process.exit(3);
}
