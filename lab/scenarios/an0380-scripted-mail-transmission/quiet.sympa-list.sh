# A list server of several Perl daemons; what goes out is handed to sendmail.
title="Sympa sends postings to its outside subscribers"
what="The alias team pipes postings into Sympa's queue program; sympa_msg, the real list server, takes them from its spool and bulk, another daemon of it, hands each to sendmail for ten subscribers, seven of them outside. One posting carries a document. task_manager and archived run beside them. Nobody types anything."
host=mx1.example.org user=sympa daemons="cron" expect=informational

as_sympa() { (cd / && exec setpriv --reuid sympa --regid sympa --init-groups env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/var/lib/sympa "$@"); }
setup() {
  private_copy /var/lib/sympa
  owned_by sympa /run/sympa
  rm -rf /var/lib/sympa/list_data/*; mkdir -p /etc/mail/sympa /var/lib/sympa/list_data/example.org; chown -R sympa:sympa /var/lib/sympa /etc/mail/sympa
  cat > /etc/sympa/sympa/sympa.conf <<'CF'
domain example.org
listmaster ops@example.org
lang en
db_type SQLite
db_name /var/lib/sympa/lists.sqlite
wwsympa_url http://mx1.example.org/wws
sendmail /usr/sbin/sendmail
sendmail_aliases /etc/mail/sympa/aliases
aliases_program postalias
aliases_db_type hash
process_archive off
log_level 0
CF
  chown sympa: /etc/sympa/sympa/sympa.conf
  : > /etc/mail/sympa/aliases; postalias hash:/etc/mail/sympa/aliases; chown sympa: /etc/mail/sympa/*
  as_sympa /usr/bin/sympa check </dev/null >"$base/sympa.1" 2>&1 || as_sympa /usr/bin/sympa --health_check </dev/null >>"$base/sympa.1" 2>&1
  cat > /tmp/team.xml <<'X'
<?xml version="1.0" ?>
<list>
  <listname>team</listname><type>discussion_list</type><subject>Team</subject><description/><status>open</status><language>en</language><topic>computing</topic>
  <owner multiple="1"><email>ops@example.org</email></owner>
</list>
X
  as_sympa /usr/bin/sympa create --input_file=/tmp/team.xml example.org </dev/null >"$base/sympa.2" 2>&1 || as_sympa /usr/bin/sympa --create_list --robot example.org --input_file /tmp/team.xml </dev/null >>"$base/sympa.2" 2>&1
  { for n in 1 2 3 4 5 6 7; do echo "reader$n@example.net Reader"; done; for n in clerk buyer dev; do echo "$n@example.org $n"; done; } | as_sympa /usr/bin/sympa add --quiet team@example.org >"$base/sympa.3" 2>&1
  rm /tmp/team.xml
  postconf -e 'alias_maps = hash:/etc/aliases, hash:/etc/mail/sympa/aliases'
  printf 'sympa: "| /usr/lib/sympa/bin/queue sympa@example.org"\nteam: "| /usr/lib/sympa/bin/queue team@example.org"\nteam-owner: "| /usr/lib/sympa/bin/bouncequeue team@example.org"\n' > /etc/mail/sympa/aliases
  postalias hash:/etc/mail/sympa/aliases
  make_pdf "$base/out/agenda.pdf" Agenda
}
act() {
  local each pids=()
  for each in sympa_msg bulk task_manager bounced; do
    (cd / && exec setsid setpriv --reuid sympa --regid sympa --init-groups env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/var/lib/sympa "/usr/lib/sympa/bin/$each.pl" --foreground </dev/null >"$base/sympa.$each" 2>&1) & pids+=($!); own_pids+=($!); daemon_is $!
  done
  sleep 6
  small_talk 2
  mail_in --from reader3@example.net --to team@example.org --subject "Question"
  wait_log_count 'to=<reader7@example.net>.*status=sent' 1 40
  mail_in --from clerk@example.org --to team@example.org --subject "Agenda" --source 198.51.100.50 --helo desk.example.org --attach "$base/out/agenda.pdf"
  wait_log_count 'to=<reader7@example.net>.*status=sent' 2 40
  mail_in --from reader5@example.net --to team@example.org --subject "Re: Question"
  wait_log_count 'to=<reader7@example.net>.*status=sent' 3 40
  small_talk 2
  for each in "${pids[@]}"; do stop_pid "$each" 8; done
}
truth() {
  exec_step receive '/usr/lib/sympa/bin/queue team@example.org' 'local gives a posting to the list server'
  exec_step hand-over 'sendmail .*-f team-owner@example.org|sendmail .*team-owner' 'which gives it to sendmail'
  mail_step sent 'to=<reader7@example.net>.*status=sent' 'for a subscriber outside'
}
