import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Alert } from '../events/alert.ts';
import { FIRING, shell, signalled, temporary, watchpost } from './run.test-support.ts';

const MAIL_LINE = 'Mar  1 09:30:00 mx1 postfix/qmgr[812]: 4C1D2E3F5A: removed\n';

test('help teaches by examples and names every exit code', () => {
  for (const args of [['--help'], ['scan', '--help']]) {
    const { code, stdout, stderr } = watchpost(args);
    assert.equal(code, 0);
    assert.equal(stderr, '');
    assert.match(stdout, /Examples:\n {2}watchpost scan \/var\/log/);
    for (const exit of ['0', '1', '2', '3', '4', '5', '130']) assert.match(stdout, new RegExp(`^ {2}${exit} `, 'm'));
  }
  assert.equal(
    watchpost(['--version']).stdout.trim(),
    JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')).version,
  );
});

test('a wrong word ends with 3, says what was expected and guesses what was meant', () => {
  const cases: [args: string[], said: RegExp][] = [
    [[], /Usage: watchpost/],
    [['scna', 'x'], /Did you mean scan\?/],
    [['scan'], /missing required argument 'evidence'/],
    [['scan', '--formt', 'json', 'x'], /Did you mean --format\?/],
    [['scan', '--format', 'xml', 'x'], /Allowed choices are pretty, json, ndjson, markdown/],
    [['scan', '--min-severity', 'hihg', 'x'], /did you mean "high"\?/],
    [['scan', '--fail-on', 'severe', 'x'], /expected informational, low, medium, high, critical/],
    [['scan', '--since', 'yesterday', 'x'], /expected a form such as 2026-03-01/],
    [['scan', '--until', '2026-02-30', 'x'], /no such day/],
    [['scan', '--since', '2026-03-02', '--until', '2026-03-01', 'x'], /--since is later than --until/],
    [['scan', '--year', '26', 'x'], /expected four digits/],
    [['scan', '--timezone', 'Mars/Base', 'x'], /expected UTC/],
    [['scan', 'x', '--only', 'AN0665'], /did you mean "AN0656"\?/],
    [['scan', 'x', '--only', 'AN0656', 'AN1009'], /"AN1009" is an analytic and no file; .* --only AN0656,AN1009/],
    [['scan', '--config', 'none.yaml', 'x'], /none\.yaml: no such file/],
    [['scan', '-o', '/nonexistent/x/report.md', FIRING], /cannot be written \(ENOENT\)/],
    [['explain', '--limit', 'few', 'x'], /expected a whole number above 0/],
    [['completion', 'bsh'], /did you mean "bash"\?/],
  ];
  for (const [args, said] of cases) {
    const { code, stdout, stderr } = watchpost(args);
    assert.equal(code, 3, args.join(' '));
    assert.equal(stdout, '', args.join(' '));
    assert.match(stderr, said, args.join(' '));
  }
});

test('help is a word too, also of a command, and fits a terminal of 80 columns', () => {
  assert.equal(watchpost(['help']).stdout, watchpost(['--help']).stdout);
  assert.equal(watchpost(['help', 'scan']).stdout, watchpost(['scan', '--help']).stdout);
  const texts = ['', 'scan', 'sources', 'explain', 'inventory mailboxes', 'baseline'].map(
    words => watchpost([...words.split(' '), '--help'].filter(word => word !== '')).stdout,
  );
  for (const line of texts.join('\n').split('\n')) assert.ok(line.length <= 80, line);
});

test('analytics are named with commas or again and again, before the evidence too', () => {
  const titles = (...args: string[]) => watchpost(['scan', '-q', ...args]).stdout.match(/"analytic":"AN\d+"/g);
  assert.deepEqual(titles('--only', 'AN0656', FIRING), ['"analytic":"AN0656"']);
  assert.deepEqual(titles('--only', 'AN1009', '--only', 'an0656', FIRING), ['"analytic":"AN0656"']);
  assert.equal(titles(FIRING, '--only', 'AN1009'), null);
});

test('a scan in a pipe gives one valid alert a line, and its talk goes to standard error', () => {
  const { code, stdout, stderr } = watchpost(['scan', FIRING]);
  assert.equal(code, 0, stderr);
  const alerts = stdout
    .trimEnd()
    .split('\n')
    .map(line => Alert.parse(JSON.parse(line)));
  assert.ok(alerts.some(alert => alert.severity === 'high' && alert.analytic === 'AN0656'));
  for (const part of [/^Read /m, /^Alerts /m, /^Next$/m, /MB\/s$/m]) assert.match(stderr, part);
  assert.equal(watchpost(['scan', '--quiet', FIRING]).stderr, '');
});

test('the same evidence gives the same bytes, whatever the order of the arguments', () => {
  const names = ['mail.log.gz', 'audit.log.gz', 'syslog.gz', 'etc'].filter(name => existsSync(join(FIRING, name)));
  for (const format of ['json', 'ndjson', 'markdown', 'pretty']) {
    const [first, second] = [names, names.toReversed()].map(args => {
      const { stdout } = watchpost(['scan', '-q', '--format', format, ...args], { cwd: FIRING });
      // The suggested command repeats the arguments as they were given.
      return stdout.replace(/^.*watchpost scan .*$/gm, '');
    });
    assert.ok((first ?? '').length > 100);
    assert.equal(first, second, format);
  }
});

test('exit codes: 1 wins over 4, 4 yields to --skip-errors', () => {
  const code = (...args: string[]) => watchpost(['scan', '-q', ...args]).code;
  assert.equal(code(FIRING), 0);
  assert.equal(code(FIRING, '--fail-on', 'high'), 1);
  assert.equal(code(FIRING, '--fail-on', 'critical'), 0);
  assert.equal(code(FIRING, '--fail-on', 'high', '--min-severity', 'critical'), 1);
  assert.equal(code(FIRING, 'missing.log'), 4);
  assert.equal(code(FIRING, 'missing.log', '--skip-errors'), 0);
  assert.equal(code(FIRING, 'missing.log', '--fail-on', 'high', '--skip-errors'), 1);
  assert.equal(code('missing.log'), 4);
  assert.equal(code('/dev/null'), 4);
});

test('alerts outside the time asked for are counted, not forgotten', () => {
  const { stdout } = watchpost(['scan', '-q', '--format', 'json', '--since', '2099-01-01', FIRING]);
  const { alerts, alertsHidden } = JSON.parse(stdout) as { alerts: unknown[]; alertsHidden: number };
  assert.deepEqual(alerts, []);
  assert.ok(alertsHidden >= 1);
});

test('a file that nobody understands is not a clean bill of health', t => {
  const cwd = temporary(t);
  writeFileSync(join(cwd, 'noise'), Buffer.from([...Array(5000).keys()].map(i => (i * 97) % 256)));
  const { code, stdout, stderr } = watchpost(['scan', '--format', 'pretty', '.'], { cwd });
  assert.equal(code, 4);
  assert.match(stdout, /No alert is not proof/);
  assert.match(stdout, /noise: not recognised/);
  assert.match(stdout, /watchpost explain noise/);
  assert.doesNotMatch(stderr, /internal|stack/);
});

test('what Windows made of a log, archives and a half-written end are told with what helps', t => {
  const cwd = temporary(t);
  writeFileSync(join(cwd, 'marked.log'), `\ufeff${MAIL_LINE}`);
  writeFileSync(join(cwd, 'wide.log'), Buffer.from(`\ufeff${MAIL_LINE.repeat(3)}`, 'utf16le'));
  writeFileSync(join(cwd, 'logs.zip'), Buffer.from('PK\x03\x04 and so on'));
  const member = Buffer.alloc(512);
  member.write('mail.log');
  member.write('ustar', 257);
  writeFileSync(join(cwd, 'logs.tar'), Buffer.concat([member, Buffer.from(MAIL_LINE.repeat(20))]));
  writeFileSync(join(cwd, 'half.log'), `${MAIL_LINE}Mar  1 09:30:05 mx1 postf`);
  writeFileSync(join(cwd, 'export.json'), JSON.stringify({ MESSAGE: 'removed', SYSLOG_IDENTIFIER: 'postfix/qmgr' }));
  shell("printf x > $(printf 'caf\\351.log')", cwd);
  const { stdout } = watchpost(['scan', '-q', '--format', 'json', '.'], { cwd });
  const { problems, sources } = JSON.parse(stdout) as {
    problems: { code: string; source: string; message: string }[];
    sources: { name: string; format: string; lines: number; rejected: Record<string, number> }[];
  };
  const told = (name: string) => problems.filter(each => each.source === name).map(each => each.code);
  const marked = sources.find(each => each.name === 'marked.log');
  assert.deepEqual([marked?.format, marked?.lines, marked?.rejected], ['syslog', 1, {}]);
  assert.ok(!told('marked.log').includes('N_HALF_LINE'));
  assert.deepEqual(told('wide.log'), ['N_UTF16']);
  assert.match(problems.find(each => each.code === 'N_UTF16')?.message ?? '', /iconv -f UTF-16LE -t UTF-8/);
  assert.deepEqual(told('logs.zip'), ['N_ARCHIVE']);
  assert.ok(told('logs.tar').includes('N_ARCHIVE'));
  assert.ok(told('half.log').includes('N_HALF_LINE'));
  assert.ok(!told('export.json').includes('N_HALF_LINE'));
  assert.deepEqual(told('caf\ufffd.log'), ['E_NAME']);
  for (const name of ['wide.log', 'logs.zip'])
    assert.match(watchpost(['explain', '--format', 'pretty', name], { cwd }).stdout, /it was left out; /, name);
  assert.match(
    watchpost(['explain', '--format', 'pretty', 'marked.log'], { cwd }).stdout,
    /1 {2}emit {4}mail\.removed/,
  );
});

test('what is odd at the end of a log is told with what is odd before it, once', t => {
  const cwd = temporary(t);
  const opened = (seconds: number) =>
    `type=SYSCALL msg=audit(${seconds}.000:${seconds % 1000}): arch=c000003e syscall=257 success=yes exit=3 a0=ffffff9c items=1 ppid=1 pid=2 auid=1001 uid=1001 tty=pts0 ses=1 comm="a" exe="/usr/bin/a" key="f"\n`;
  writeFileSync(join(cwd, 'audit.log'), opened(1_795_343_064) + opened(1_795_346_664));
  const { stdout } = watchpost(['scan', '-q', '--format', 'json', '.'], { cwd });
  const { problems } = JSON.parse(stdout) as { problems: { code: string; message: string }[] };
  assert.deepEqual(
    problems.map(each => [each.code, each.message.split(';')[0]]),
    [['N_ODD_RECORDS', '2 × file event without a PATH']],
  );
});

test('a truncated archive is told, and what came before it still alerts', t => {
  const cwd = temporary(t);
  cpSync(FIRING, cwd, { recursive: true });
  const audit = readFileSync(join(cwd, 'audit.log.gz'));
  writeFileSync(join(cwd, 'audit.log.gz'), audit.subarray(0, audit.length - 20));
  const { code, stdout } = watchpost(['scan', '-q', '--format', 'json', '.'], { cwd });
  const document = JSON.parse(stdout) as { alerts: unknown[]; problems: { code: string; source: string }[] };
  assert.equal(code, 4);
  assert.ok(document.alerts.length > 0);
  assert.deepEqual(
    document.problems.filter(p => p.code.startsWith('E_')).map(p => [p.code, p.source]),
    [['E_GZIP_TRUNCATED', 'audit.log.gz']],
  );
});

test('-o writes a private file that is complete or not there, chooses the format, and never overwrites evidence', t => {
  const cwd = temporary(t);
  cpSync(FIRING, join(cwd, 'evidence'), { recursive: true });
  const { code, stdout } = watchpost(['scan', '-q', 'evidence', '-o', 'report.md'], { cwd });
  assert.deepEqual([code, stdout], [0, '']);
  assert.match(readFileSync(join(cwd, 'report.md'), 'utf8'), /^# Watchpost scan report/);
  assert.equal(statSync(join(cwd, 'report.md')).mode & 0o777, 0o600);
  const unknown = watchpost(['scan', 'evidence', '-o', 'report.html'], { cwd });
  assert.match(unknown.stderr, /^watchpost: -o "report\.html": this ending names no format, so NDJSON is written; /);
  assert.equal(watchpost(['scan', '-q', 'evidence', '-o', 'REPORT.MD'], { cwd }).stderr, '');
  assert.match(readFileSync(join(cwd, 'REPORT.MD'), 'utf8'), /^# Watchpost/);
  shell('rm report.html REPORT.MD', cwd);
  const before = readFileSync(join(cwd, 'evidence/mail.log.gz'));
  const refused = watchpost(['scan', '-q', 'evidence', '-o', 'evidence/mail.log.gz'], { cwd });
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /evidence is never written to/);
  assert.ok(readFileSync(join(cwd, 'evidence/mail.log.gz')).equals(before));
  const full = watchpost(['scan', '-q', 'evidence', '-o', '/dev/full', '--format', 'json'], { cwd });
  assert.equal(full.code, 5);
  assert.deepEqual(shell('ls', cwd).stdout, 'evidence\nreport.md\n');
});

test('standard input and pipes of the shell are evidence like files', t => {
  const cwd = temporary(t);
  const piped = watchpost(['scan', '-q', '--format', 'json', '-'], { cwd, input: gzipSync(MAIL_LINE) });
  const document = JSON.parse(piped.stdout) as { sources: { name: string; lines: number }[] };
  assert.equal(piped.code, 0);
  assert.deepEqual(
    document.sources.map(s => [s.name, s.lines]),
    [['-', 1]],
  );
  const substituted = shell('$W scan -q --format json <(zcat "$FIRING/mail.log.gz") | head -c 30', cwd);
  assert.deepEqual([substituted.code, substituted.stderr], [0, '']);
  assert.match(substituted.stdout, /^\{"schema":"watchpost\.scan\/1"/);
});

test('a reader that goes away ends it without a word', t => {
  const { code, stdout, stderr } = shell(
    'set -o pipefail; $W explain "$FIRING/audit.log.gz" --format json 2>err | head -c 5; cat err >&2',
    temporary(t),
  );
  assert.deepEqual([code, stdout, stderr], [0, '{"sch', '']);
});

test('signals end it with the codes that shells expect', async () => {
  assert.deepEqual(await Promise.all([signalled('SIGINT'), signalled('SIGTERM')]), [130, 143]);
});

test('no name of a file can forge a line or a colour of the output', t => {
  const cwd = temporary(t);
  const name = 'a\nHIGH  forged\u001b[31m\u202egol.log';
  writeFileSync(join(cwd, name), MAIL_LINE);
  mkdirSync(join(cwd, 'b\rfolder'));
  for (const args of [
    ['scan', '--format', 'pretty', '.'],
    ['scan', '--format', 'markdown', '.'],
    ['explain', '--format', 'pretty', name],
    ['scan', '.'],
  ]) {
    const { stdout, stderr } = watchpost(args, { cwd });
    assert.doesNotMatch(stdout + stderr, /^HIGH {2}forged|[\u001b\r\u202e]/m, args.join(' '));
  }
});

test('colour is for terminals only', t => {
  const cwd = temporary(t);
  const typescript = (env: string, extra: string) =>
    shell(`${env} script -qec "$W scan -q $FIRING ${extra}" /dev/null`, cwd).stdout;
  if (shell('command -v script', cwd).code !== 0) return t.skip('the program script is not installed');
  assert.match(typescript('', ''), /\u001b\[/);
  assert.match(typescript('', '--no-color'), /^Read /);
  assert.doesNotMatch(typescript('', '--no-color'), /\u001b\[/);
  assert.doesNotMatch(typescript('NO_COLOR=1', ''), /\u001b\[/);
  assert.doesNotMatch(watchpost(['scan', '--format', 'pretty', FIRING]).stdout, /\u001b/);
});

test('a mistake in the configuration is 3, a bad inventory is 2, and both are told at their place', t => {
  const cwd = temporary(t);
  writeFileSync(join(cwd, 'watchpost.yaml'), 'limits:\n  latenesMs: 5\n');
  const scanned = watchpost(['scan', FIRING], { cwd });
  assert.equal(scanned.code, 3);
  assert.match(scanned.stderr, /watchpost\.yaml:2:3: unknown key "latenesMs" in limits; .*did you mean "latenessMs"\?/);
  assert.equal(watchpost(['config', 'check'], { cwd }).code, 3);
  writeFileSync(
    join(cwd, 'inventory.yaml'),
    'inventory:\n  - { id: a, user: u, owner: o, purpose: p, expires: never }\n',
  );
  assert.equal(watchpost(['scan', '--config', 'inventory.yaml', FIRING], { cwd }).code, 2);
  assert.equal(watchpost(['config', 'check', 'inventory.yaml'], { cwd }).code, 2);
});

test('config show is a configuration, and --origin says where each value came from', t => {
  const cwd = temporary(t);
  writeFileSync(join(cwd, 'watchpost.yaml'), 'limits:\n  filesMax: 5\n');
  const env = { WATCHPOST_TIME__YEAR: '2026' };
  const { stdout } = watchpost(['config', 'show', '--origin'], { cwd, env });
  assert.match(stdout, /^limits\.filesMax: 5 {2}# watchpost\.yaml:2:13$/m);
  assert.match(stdout, /^time\.year: 2026 {2}# \$WATCHPOST_TIME__YEAR$/m);
  assert.match(stdout, /^time\.timezone: "UTC" {2}# default$/m);
  writeFileSync(join(cwd, 'shown.yaml'), watchpost(['config', 'show'], { cwd, env }).stdout);
  assert.equal(watchpost(['config', 'check', 'shown.yaml'], { cwd }).code, 0);
  assert.match(watchpost(['config', 'path'], { cwd }).stdout, /^watchpost\.yaml\n$/);
});

test('completion scripts are made of the command tree and are valid', t => {
  const cwd = temporary(t);
  for (const name of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = watchpost(['completion', name]);
    assert.equal(code, 0);
    for (const word of ['scan', 'explain', 'min-severity', 'rejects-only', 'origin'])
      assert.ok(stdout.includes(word), `${name} ${word}`);
    writeFileSync(join(cwd, name), stdout);
    if (shell(`command -v ${name}`, cwd).code === 0)
      assert.deepEqual(shell(`${name} -n ${name}`, cwd), { code: 0, stdout: '', stderr: '' });
  }
  const completed = (...words: string[]): string =>
    shell(
      `source ./bash; COMP_WORDS=(watchpost ${words.join(' ')}); COMP_CWORD=${words.length}; _watchpost; echo "\${COMPREPLY[@]}"`,
      cwd,
    ).stdout;
  assert.equal(completed('config', 'sh'), 'show\n');
  assert.equal(completed('scan', '--format', 'm'), 'markdown\n');
  assert.equal(completed('scan', '--fail-on', 'h'), 'high\n');
  assert.equal(completed('scan', '--only', 'AN0656,AN13'), 'AN0656,AN1310\n');
  assert.equal(completed('schema', 'in'), 'incident\n');
  assert.equal(completed('scan', '--min-s'), '--min-severity\n');
  // Nothing is offered where a file belongs: the shell then offers files.
  for (const words of [
    ['scan', "''"],
    ['scan', '-o', "''"],
    ['explain', '--config', "''"],
    ['scan', 'sc'],
  ])
    assert.equal(completed(...words), '\n', words.join(' '));
});

test('the published schema is what the code says', () => {
  const published = readFileSync(join(import.meta.dirname, '../../schemas/alert.schema.json'), 'utf8');
  assert.equal(watchpost(['schema', 'alert']).stdout, published);
  const config = JSON.parse(watchpost(['schema', 'config']).stdout) as {
    properties: { limits: { properties: object } };
  };
  assert.ok('lineBytesMax' in config.properties.limits.properties);
});
