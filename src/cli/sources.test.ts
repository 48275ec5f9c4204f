import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { FIRING, temporary, watchpost } from './run.test-support.ts';

interface Document {
  readonly schema: string;
  readonly files: {
    readonly name: string;
    readonly format: string;
    readonly hosts: string[];
    readonly zone: string | null;
    readonly lines: number;
    readonly emitted: number;
    readonly skipped: Record<string, number>;
    readonly rejected: Record<string, number>;
    readonly contributes: { readonly analytic: string; readonly telemetry: string }[];
    readonly store: { readonly owner: string; readonly messages: number; readonly attachments: number } | null;
    readonly clock: { readonly against: string; readonly offsetMs: number; readonly agreeing: number } | null;
  }[];
  readonly problems: { readonly code: string; readonly source: string; readonly message: string }[];
  readonly needs: { readonly analytic: string; readonly telemetry: string; readonly files: string[] }[];
}

const surveyed = (args: string[], cwd?: string): Document =>
  JSON.parse(
    watchpost(['sources', '-q', '--format', 'json', ...args], cwd === undefined ? {} : { cwd }).stdout,
  ) as Document;

test('each file: what it is, of which host, how its lines fell out, what it gives', () => {
  const { schema, files, needs } = surveyed([FIRING]);
  assert.equal(schema, 'watchpost.sources/1');
  const audit = files.find(file => file.name.endsWith('audit.log.gz'));
  assert.equal(audit?.format, 'audit');
  assert.equal(audit.hosts.length, 1);
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
  for (const file of files) assert.equal(file.emitted + sum(file.skipped) + sum(file.rejected), file.lines, file.name);
  assert.ok(audit.contributes.some(each => each.analytic === 'AN0656' && each.telemetry.includes('executions')));
  assert.ok(!audit.contributes.some(each => each.telemetry === 'MTA delivery log'));
  const delivery = needs.find(need => need.analytic === 'AN0656' && need.telemetry === 'MTA delivery log');
  assert.deepEqual(
    delivery?.files.map(name => name.split('/').at(-1)),
    ['mail.log.gz'],
  );
});

test('what is left out of the evidence is said to be lacking', t => {
  const cwd = temporary(t);
  cpSync(join(FIRING, 'mail.log.gz'), join(cwd, 'mail.log.gz'));
  const { needs } = surveyed(['.'], cwd);
  const executions = needs.filter(need => need.telemetry.includes('process executions'));
  assert.ok(executions.length > 0);
  for (const need of executions) assert.deepEqual(need.files, []);
  const { code, stdout } = watchpost(['sources', '--format', 'pretty', '.'], { cwd });
  assert.equal(code, 0);
  assert.match(stdout, /^ {2}lacks process executions/m);
});

const SENDING = join(
  import.meta.dirname,
  '../analytics/an0380-scripted-mail-transmission/cases/fires.php-webshell-mail',
);

test('a mail log whose clock is an hour ahead of the audit log is told so', t => {
  const cwd = temporary(t);
  cpSync(join(SENDING, 'audit.log.gz'), join(cwd, 'audit.log.gz'));
  const mail = gunzipSync(readFileSync(join(SENDING, 'mail.log.gz'))).toString('latin1');
  const hour = (text: string) =>
    text.replace(
      /^(\w+ \d+ )(\d\d)/gm,
      (_, day: string, h: string) => `${day}${String(Number(h) + 1).padStart(2, '0')}`,
    );
  writeFileSync(join(cwd, 'mail.log'), hour(mail), 'latin1');
  assert.notEqual(hour(mail), mail);
  const { files, problems } = surveyed(['.'], cwd);
  const clock = files.find(file => file.name === 'mail.log')?.clock;
  assert.equal(clock?.against, 'audit.log.gz');
  assert.equal(Math.round(clock.offsetMs / 3_600_000), 1);
  assert.match(
    watchpost(['sources', '--format', 'pretty', '.'], { cwd }).stdout,
    /clock +\+(59\.\d|60\.0) min against audit\.log\.gz/,
  );
  assert.deepEqual(
    files.map(({ name, zone }) => [name, zone]),
    [
      ['audit.log.gz', null],
      ['mail.log', '+00:00'],
    ],
  );
  const said = problems.filter(({ code }) => code === 'N_ZONE');
  assert.deepEqual(
    said.map(({ source }) => source),
    ['mail.log'],
  );
  assert.match(
    said[0]?.message ?? '',
    /were read as \+00:00, and seem to be \+01:00 by .*: a scan that is given no zone reads them so; here it takes --timezone \+01:00$/,
  );
  const right = surveyed(['--timezone', '+01:00', '.'], cwd);
  assert.equal(right.files.find(({ name }) => name === 'mail.log')?.zone, '+01:00');
  assert.ok(!right.problems.some(({ code }) => code === 'N_ZONE'));
});

test('how stamps were read that name no zone is said, and nothing of stamps that name one', t => {
  const cwd = temporary(t);
  writeFileSync(join(cwd, 'old.log'), 'Mar  1 09:30:00 mx1 postfix/qmgr[812]: 4C1D2E3F5A: removed\n');
  writeFileSync(join(cwd, 'new.log'), '2026-03-01T09:30:00Z mx1 postfix/qmgr[812]: 4C1D2E3F5A: removed\n');
  const { stdout } = watchpost(['sources', '--format', 'pretty', '--timezone', '+02:00', '.'], { cwd });
  assert.match(
    stdout,
    /^old\.log .*\n.*\n.*\n {2}zone +its stamps name none: read as \+02:00, or as --timezone says$/m,
  );
  assert.equal(stdout.split('its stamps name none').length, 2);
});

test('a mail store: whose it is, how many messages and attachments, since when, and what it gives', () => {
  const stores = join(import.meta.dirname, '../decoders/mail-store/recordings');
  const { files, needs } = surveyed([stores]);
  const maildir = files.find(file => file.name.endsWith('dovecot-maildir'));
  assert.deepEqual(
    [maildir?.format, maildir?.store?.owner, maildir?.store?.messages, maildir?.store?.attachments],
    ['mail store: maildir', 'clerk@example.org', 3, 6],
  );
  const need = needs.find(each => each.analytic === 'AN1009' && each.telemetry.startsWith('mail stores'));
  assert.equal(need?.files.length, 8);
  const { stdout } = watchpost(['sources', '--format', 'pretty', stores]);
  assert.match(stdout, /^procmail-mbox {2}mail store: mbox\n.*\n.*\n {2}records {2}5 messages, 8 attachments/m);
  // What servers keep beside mail may well be empty.
  assert.doesNotMatch(stdout, /holds no bytes/);
});

test('a log that names no host is of the host that its folder is named after, not of the only one that others name', t => {
  const cwd = temporary(t);
  const exim = '2026-03-01 09:30:00 1xUkSl-000072-1Q <= a@example.org U=clerk P=local S=500\n';
  for (const host of ['mx1', 'mx2']) {
    mkdirSync(join(cwd, host));
    writeFileSync(join(cwd, host, 'mainlog'), exim);
  }
  writeFileSync(join(cwd, 'mx1', 'mail.log'), '2026-03-01T09:30:00Z mx1 postfix/qmgr[812]: 4C1D2E3F5A: removed\n');
  const { files } = surveyed(['.'], cwd);
  assert.deepEqual(
    files.map(file => [file.name, file.hosts]),
    [
      ['mx1/mail.log', ['mx1']],
      ['mx1/mainlog', ['mx1']],
      ['mx2/mainlog', ['mx2']],
    ],
  );
});

test('a file that nothing recognises is shown, counted, and ends with 4 when it is all there is', t => {
  const cwd = temporary(t);
  writeFileSync(join(cwd, 'noise\u001b[31m'), Buffer.from([...Array(3000).keys()].map(i => (i * 97) % 256)));
  const { code, stdout } = watchpost(['sources', '--format', 'pretty', '.'], { cwd });
  assert.equal(code, 4);
  assert.match(stdout, /not recognised/);
  assert.doesNotMatch(stdout, /\u001b/);
});
