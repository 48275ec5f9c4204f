# A build server has a mailer of its own, in Java.
title="Build server mails the results of its jobs"
what="A service of the account jenkins runs a Java program from /usr/share, which builds a project every few seconds and mails the result by SMTP through the own Postfix on loopback: to dev each time, and to an outside contractor who is on the job's list. Six builds, texts of a few lines."
host=mx1.example.org user=jenkins daemons="cron" expect=informational
stand_ins=("/usr/share/java/build-server.jar, a small Java program of the laboratory, stands in for Jenkins, which Debian does not carry")

setup() {
  echo 'jenkins:x:994:994:jenkins:/var/lib/jenkins:/usr/sbin/nologin' >> /etc/passwd; echo 'jenkins:x:994:' >> /etc/group; echo 'jenkins:!:20000::::::' >> /etc/shadow
  mkdir -p "$base/out/j" /opt/jenkins; chown 994:994 /opt/jenkins
  cat > "$base/out/j/Server.java" <<'P'
import java.io.*;
import java.net.Socket;

public class Server {
  static void say(Writer out, BufferedReader in, String line) throws IOException {
    out.write(line + "\r\n");
    out.flush();
    for (String answer; (answer = in.readLine()) != null && answer.startsWith("-", 3);) {}
  }

  public static void main(String[] args) throws Exception {
    for (int build = 1; build <= 6; build++) {
      new ProcessBuilder("/bin/sh", "-c", "make -s -C /opt/jenkins/job all").redirectErrorStream(true).start().waitFor();
      for (String to : new String[] {"dev@example.org", "contractor@example.net"}) {
        try (Socket socket = new Socket("127.0.0.1", 25)) {
          BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
          Writer out = new OutputStreamWriter(socket.getOutputStream());
          in.readLine();
          say(out, in, "EHLO mx1.example.org");
          say(out, in, "MAIL FROM:<builds@example.org>");
          say(out, in, "RCPT TO:<" + to + ">");
          say(out, in, "DATA");
          say(out, in, "From: builds@example.org\r\nTo: " + to + "\r\nSubject: Build " + build + " is back to normal\r\n\r\nSee http://mx1.example.org/job/" + build + "\r\n.");
          say(out, in, "QUIT");
        }
      }
      Thread.sleep(2500);
    }
  }
}
P
  (cd "$base/out/j" && javac Server.java && jar cfe ../build-server.jar Server Server.class)
  install_file "$base/out/build-server.jar" /usr/share/java/build-server.jar 644
  mkdir -p /opt/jenkins/job; printf 'all:\n\t@echo built\n' > /opt/jenkins/job/Makefile; chown -R 994:994 /opt/jenkins
}
act() {
  (cd /opt/jenkins && exec setpriv --reuid 994 --regid 994 --clear-groups env -i HOME=/opt/jenkins PATH=/usr/bin:/bin /usr/bin/java -jar /usr/share/java/build-server.jar >/dev/null 2>&1) & own_pids+=($!); daemon_is $!
  small_talk 2
  wait_log_count 'to=<contractor@example.net>.*status=sent' 6 60
  small_talk 1
}
truth() {
  exec_step build 'make -s -C /opt/jenkins/job all' 'a job is built'
  net_step submit 'java .*127.0.0.1.*:25' 'the server hands a message to the own Postfix'
  mail_step sent 'to=<contractor@example.net>.*status=sent' 'to somebody outside'
}
