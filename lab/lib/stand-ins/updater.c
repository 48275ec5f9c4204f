/* A toolbox application that updates itself: fetches its next version, switches a symbolic link, starts it. Built with
   -DNEXT it is the next version, which does nothing more. */
#include "fetch.h"

int main(void) {
#ifdef NEXT
  puts("toolbox 2.4");
  return 0;
#else
  char file[1024], temp[1100], link[1024], fresh[1024];
  snprintf(file, sizeof file, "%s/.local/share/toolbox/2.4/bin/toolbox", getenv("HOME"));
  snprintf(temp, sizeof temp, "%s.download", file);
  snprintf(link, sizeof link, "%s/.local/share/toolbox/toolbox", getenv("HOME"));
  snprintf(fresh, sizeof fresh, "%s.new", link);
  if (fetch("203.0.113.81", 80, "/toolbox/2.4", temp, 0644) != 0) return 1;
  chmod(temp, 0755);
  if (rename(temp, file) != 0 || symlink("2.4/bin/toolbox", fresh) != 0 || rename(fresh, link) != 0) return 1;
  execl(link, link, (char *)NULL);
  return 1;
#endif
}
