/* Stands in for an IDE that opens a folder and trusts it: reads FOLDER/.vscode/tasks.json and FOLDER's files, and starts the
   command of a task with "runOn": "folderOpen" in a shell on a terminal of its own, as Visual Studio Code's task runner does.
   ide FOLDER */
#define _GNU_SOURCE
#include <dirent.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static size_t slurp(const char *path, char *into, size_t room) {
  FILE *file = fopen(path, "r");
  if (!file) return 0;
  size_t got = fread(into, 1, room - 1, file);
  fclose(file);
  into[got] = 0;
  return got;
}

int main(int argc, char **argv) {
  if (argc < 2 || chdir(argv[1]) != 0) return 2;
  char text[8192];
  DIR *folder = opendir(".");
  for (struct dirent *each; folder && (each = readdir(folder));)
    if (each->d_type == DT_REG) slurp(each->d_name, text, sizeof text);
  if (!slurp(".vscode/tasks.json", text, sizeof text) || !strstr(text, "folderOpen")) return 0;
  char *command = strstr(text, "\"command\": \"");
  if (!command) return 0;
  command += strlen("\"command\": \"");
  char *end = strchr(command, '"');
  if (!end) return 0;
  *end = 0;
  sleep(2);
  int master;
  pid_t child = forkpty(&master, NULL, NULL, NULL);
  if (child == 0) {
    execl("/usr/bin/bash", "/usr/bin/bash", "-c", command, (char *)NULL);
    _exit(127);
  }
  char block[4096];
  while (read(master, block, sizeof block) > 0) continue;
  waitpid(child, NULL, 0);
  return 0;
}
