/* Preloaded into a recorder: writes down, in the file that FSYNC_WITNESS names, when which file had reached the disk.
 *
 * One line for each: nanoseconds of the monotonic clock, and the path. Files whose path contains what FSYNC_REFUSES says
 * never reach it: the disk fails.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int fsync(int descriptor)
{
    int result = ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(descriptor);
    char link[64], path[PATH_MAX], line[PATH_MAX + 64];
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    const char *refused = getenv("FSYNC_REFUSES");
    if (refused && strstr(path, refused)) {
        errno = EIO;
        return -1;
    }
    if (result == 0 && length > 0) {
        int size = snprintf(line, sizeof line, "%lld%09ld %s\n", (long long)now.tv_sec, now.tv_nsec, path);
        int witness = open(getenv("FSYNC_WITNESS"), O_WRONLY | O_APPEND | O_CREAT, 0600);
        if (write(witness, line, size) != size)
            abort();
        close(witness);
    }
    return result;
}
