import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startedOver, waitsAt } from './told-to-serve.ts';

function at(line: string): string {
  const words = line.split(' ');
  return waitsAt(words, words[0] as string);
}

test('words that tell a program to wait for other hosts: an address of every interface, an option, a module, a name', () => {
  assert.equal(at('/usr/bin/php8.2 -S 0.0.0.0:8090 -t /srv/x'), '0.0.0.0:8090');
  assert.equal(at('/usr/bin/php8.2 -S mail.example.org:8000'), 'mail.example.org:8000');
  assert.equal(at('/usr/bin/python3.11 -m http.server'), 'every address of this host');
  assert.equal(at('/usr/bin/python3 -m http.server 8730 --directory /srv'), '*:8730');
  assert.equal(at('/usr/bin/python3 -mhttp.server 8730'), '*:8730');
  assert.equal(at('/usr/bin/python3 -um http.server'), 'every address of this host');
  assert.equal(at('/usr/bin/python3 -mjson.tool'), '');
  assert.equal(at('/usr/bin/python2.7 -m SimpleHTTPServer 99'), '*:99');
  assert.equal(at('/bin/busybox httpd -f -p 8080 -h /srv'), '*:8080');
  assert.equal(at('/bin/busybox nc -l -p 8080'), '*:8080');
  assert.equal(at('/usr/bin/nc -lvnp 8090'), '*:8090');
  assert.equal(at('/usr/bin/ncat -l --allow 203.0.113.9 8090'), '*:8090');
  assert.equal(at('/usr/bin/socat TCP-LISTEN:8730,reuseaddr,fork EXEC:/tmp/x'), '*:8730');
  assert.equal(at('/usr/bin/ruby -run -e httpd /srv -p 8080'), '*:8080');
  assert.equal(at('/usr/bin/rsync --daemon --config=/tmp/r'), 'every address of this host');
  assert.equal(at('/usr/bin/openssl s_server -WWW -accept 9000'), '*:9000');
  assert.equal(at('/usr/bin/rclone serve http /srv --addr :9000'), '*:9000');
  assert.equal(at('/usr/bin/caddy file-server --listen :8080 --root /srv'), '*:8080');
  assert.equal(at('/usr/sbin/darkhttpd /srv --port 80'), '*:80');
  assert.equal(at('/usr/bin/node /usr/bin/http-server /srv'), 'every address of this host');
  assert.equal(at('/opt/x/unheard-of --listen=192.0.2.7:80'), '192.0.2.7:80');
  assert.equal(at('/opt/x/unheard-of -i 0.0.0.0 -d /srv'), '0.0.0.0');
  assert.equal(at('/opt/x/unheard-of -a [::]:81'), '[::]:81');
});

test('a program that is given on the command line, and waits', () => {
  const text = (program: string, option: string, text: string) =>
    waitsAt([program, option, text], `/usr/bin/${program}`);
  assert.equal(text('perl', '-e', 'IO::Socket::INET->new(Listen => 5)'), 'every address of this host');
  assert.equal(text('php', '-r', '$s = stream_socket_server($a);'), 'every address of this host');
  assert.equal(text('gawk', '--', 'BEGIN { s = "/inet/tcp/8080/0/0" }'), '*:8080');
  assert.equal(text('node', '-e', 'require("http").createServer(f).listen(80, "127.0.0.1")'), '');
  assert.equal(text('python3', '-c', 'print(m["accept-language"], list(m))'), '');
});

test('this host alone, a path to wait at, and words that reach out, look for something or name an address in passing', () => {
  for (const line of [
    '/usr/bin/php8.2 -S 127.0.0.1:8000',
    '/usr/bin/php8.2 -S localhost:8000 -t /srv',
    '/usr/bin/php8.2 /srv/x.php',
    '/usr/bin/python3 -m http.server 8730 --bind 127.0.0.1',
    '/usr/bin/python3 -m http.server -b ::1',
    '/usr/bin/python3 -m json.tool x',
    '/bin/busybox httpd -p 127.0.0.1:8080',
    '/usr/bin/nc.openbsd -l 127.0.0.1 8090',
    '/usr/bin/nc -w 3 192.0.2.1 80',
    '/usr/bin/socat TCP4-LISTEN:8730,bind=127.0.0.1 -',
    '/usr/bin/socat - TCP:192.0.2.1:80',
    '/usr/bin/rsync --daemon --address=127.0.0.1',
    '/usr/bin/rsync -a /srv 192.0.2.1:x',
    '/usr/bin/rclone serve http /srv',
    '/usr/bin/ssh -R 0.0.0.0:80:localhost:80 host',
    '/usr/bin/grep -r 0.0.0.0:80 /var/mail',
    '/usr/bin/tar --exclude * -cf x .',
    '/usr/bin/mu server',
    '/usr/lib/openssh/sftp-server',
    '/usr/lib/openssh/sftp-server -R',
    '/opt/x/unheard-of --listen /run/x.sock',
    '/opt/x/unheard-of --bind ctrl-a:up',
    '/opt/x/unheard-of --server 192.0.2.1',
    '/opt/x/unheard-of 192.0.2.1:80',
  ])
    assert.equal(at(line), '', line);
});

test('the folders that it stands over', () => {
  const over = (line: string) => startedOver({ argv: line.split(' '), cwd: '/home/clerk' });
  assert.deepEqual(over('php -S 0.0.0.0:8090 -t /srv/x'), ['/srv/x']);
  assert.deepEqual(over('x --directory=site/public'), ['/home/clerk/site/public']);
  assert.deepEqual(over('php -S 0.0.0.0:8090 -t site'), ['/home/clerk/site']);
  assert.deepEqual(over('python3 -m http.server 8000'), ['/home/clerk']);
  assert.deepEqual(over('ruby -run -e httpd . -p 80'), ['/home/clerk']);
});
