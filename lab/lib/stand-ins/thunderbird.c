/*
 * Stands in for Thunderbird in the live exercise (e2e.sh), which needs no mail client and no display: reads the newest message of the
 * Maildir (or the mbox), decodes one base64 attachment and writes it the way Thunderbird does.
 *
 *   thunderbird --save NAME DIR [MINUS-SECONDS]   saved by the user into ~/DIR
 *   thunderbird --open NAME PROGRAM               opened: written to /tmp/mozilla_<user>0/NAME, PROGRAM started on it
 */
#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *slurp(const char *path, size_t *size) {
  int fd = open(path, O_RDONLY);
  if (fd < 0) return NULL;
  struct stat st;
  fstat(fd, &st);
  char *data = calloc(1, st.st_size + 1);
  *size = read(fd, data, st.st_size);
  close(fd);
  return data;
}

static char *message(const char *home, const char *name) {
  char dir[512], path[1024];
  const char *kinds[] = {"new", "cur"};
  for (int k = 0; k < 2; k++) {
    snprintf(dir, sizeof dir, "%s/Maildir/%s", home, kinds[k]);
    DIR *d = opendir(dir);
    if (!d) continue;
    for (struct dirent *e; (e = readdir(d));) {
      if (e->d_name[0] == '.') continue;
      snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
      size_t size;
      char *text = slurp(path, &size);
      if (text && strstr(text, name)) {
        if (k == 0) { /* seen: moved to cur, as a Maildir client does */
          char to[1100];
          snprintf(to, sizeof to, "%s/Maildir/cur/%s:2,S", home, e->d_name);
          rename(path, to);
        }
        return text;
      }
      free(text);
    }
    closedir(d);
  }
  size_t size;
  snprintf(path, sizeof path, "/var/mail/%s", getenv("USER"));
  return slurp(path, &size);
}

static size_t decode(const char *in, unsigned char *out) {
  static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  unsigned value = 0, bits = 0;
  size_t n = 0;
  for (; *in && *in != '-' && *in != '='; in++) {
    const char *at = strchr(set, *in);
    if (!at || !*at) continue;
    value = value << 6 | (at - set), bits += 6;
    if (bits >= 8) out[n++] = value >> (bits -= 8);
  }
  return n;
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  const char *home = getenv("HOME");
  char *text = message(home, argv[2]);
  if (!text) return 1;
  char *part = strstr(text, argv[2]);
  char *next;
  while ((next = strstr(part + 1, argv[2])) && !strncmp(next - 10, "filename=", 9)) part = next;
  char *hit = NULL, *seek = text; /* the part whose headers name the file */
  while ((seek = strstr(seek, "filename="))) {
    if (!strncmp(seek + 9 + (seek[9] == '"'), argv[2], strlen(argv[2]))) hit = seek;
    seek++;
  }
  if (!hit) hit = part;
  char *body = strstr(hit, "\n\n");
  if (!body) return 1;
  unsigned char *out = malloc(strlen(body) + 4);
  size_t size = decode(body + 2, out);
  char dir[512], path[1024], temp[1100];
  int save = !strcmp(argv[1], "--save");
  if (save) snprintf(dir, sizeof dir, "%s/%s", home, argv[3]);
  else snprintf(dir, sizeof dir, "/tmp/mozilla_%s0", getenv("USER"));
  mkdir(dir, save ? 0755 : 0700);
  snprintf(path, sizeof path, "%s/%s", dir, argv[2]);
  snprintf(temp, sizeof temp, save ? "%s.part" : "%s", path);
  int fd = open(temp, O_WRONLY | O_CREAT | O_TRUNC, save ? 0644 : 0600);
  if (fd < 0 || write(fd, out, size) < 0) return 1;
  close(fd);
  if (save) { rename(temp, path); return 0; }
  pid_t child = fork();
  if (child == 0) {
    execlp(argv[3], argv[3], path, (char *)NULL);
    _exit(127);
  }
  int status;
  waitpid(child, &status, 0);
  return 0;
}
